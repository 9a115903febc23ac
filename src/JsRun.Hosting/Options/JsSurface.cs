namespace JsRun;

/// <summary>Specifies the globals of the language and of the platform that code sees.</summary>
public enum JsSurface
{
    /// <summary>
    /// No code from strings and no shared memory: <c>eval</c>, <c>SharedArrayBuffer</c> and <c>Atomics</c> throw when they are used; <c>FinalizationRegistry</c> never calls back; WebAssembly's memory is capped.
    /// The default for functions.
    /// </summary>
    Contained,

    /// <summary>Everything V8 and the web layer have. The default for embedders' runtimes and the command line.</summary>
    Full,
}
