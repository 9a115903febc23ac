namespace JsRun.Engine.Native;

/// <summary><c>v8::MicrotasksPolicy</c>.</summary>
internal enum MicrotasksPolicy
{
    /// <summary>Never by itself.</summary>
    Explicit = 0,

    /// <summary>Whenever the depth of calls into JavaScript returns to zero.</summary>
    Auto = 2,
}
