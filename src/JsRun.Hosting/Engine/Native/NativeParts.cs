namespace JsRun.Engine.Native;

/// <summary>What a context's kernel is given. Mirrors <c>NativeParts</c> of <c>JavaScript/src/kernel/native.ts</c>.</summary>
[Flags]
internal enum NativeParts
{
    None = 0,

    /// <summary>The journal of rejected promises is written.</summary>
    Rejections = 1,

    /// <summary>V8's functions that get and set what it carries along every <c>await</c> are the journal's first two elements.</summary>
    Frames = 2,
}
