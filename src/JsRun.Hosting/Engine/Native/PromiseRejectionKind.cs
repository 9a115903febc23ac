namespace JsRun.Engine.Native;

/// <summary><c>v8::PromiseRejectEvent</c>, as far as it is used; the kernel's <c>rejections.ts</c> reads the numbers.</summary>
internal enum PromiseRejectionKind
{
    /// <summary>It was rejected, and nobody has asked for it yet.</summary>
    Rejected = 0,

    /// <summary>Somebody asks for it after all.</summary>
    Handled = 1,
}
