namespace JsRun.Engine.Native;

/// <summary>What the native layer can do in this process. Each capability stands for itself; where one is missing, its user has a fallback.</summary>
/// <param name="Reason">What was decided, and why: one line for the log.</param>
/// <param name="Identity">V8's version and the library's fingerprint, for the keys of caches; empty where the layer is not used.</param>
internal sealed record NativeCapabilities(string Reason, string Identity)
{
    /// <summary>Isolates start from a heap image, contexts from one of several in it.</summary>
    public bool Images { get; init; }

    /// <summary>Contexts have a microtask queue of their own.</summary>
    public bool ContextQueues { get; init; }

    /// <summary>V8 tells of promises that are rejected and that nobody handles.</summary>
    public bool PromiseRejections { get; init; }

    /// <summary>V8 carries along every <c>await</c> on whose behalf code runs.</summary>
    public bool RequestIdentity { get; init; }

    /// <summary>V8 asks for modules that evaluated text imports.</summary>
    public bool TextImports { get; init; }

    /// <summary>Promises are as fast as V8 has them.</summary>
    public bool PlainPromises { get; init; }

    /// <summary>What runs can be ended while what waits, and what others run, goes on. Needs <see cref="ContextQueues"/> and <see cref="RequestIdentity"/>.</summary>
    public bool SelectiveInterrupts { get; init; }

    /// <summary>Contexts come without an engine of ClearScript's each: the one engine of their isolate stands for all. Needs <see cref="ContextQueues"/>.</summary>
    public bool LightContexts { get; init; }

    /// <summary>Images have globals that are made when first used.</summary>
    public bool LazyProperties { get; init; }

    /// <summary>No private field can be added to an object that is not extensible, so a frozen object holds nothing of anybody's.</summary>
    public bool SealedPrivateNames { get; init; }

    /// <summary>Debuggers can attach. Needs <see cref="LightContexts"/>.</summary>
    public bool Inspection { get; init; }

    public bool Any => Images || ContextQueues || PromiseRejections || RequestIdentity || TextImports;

    public static NativeCapabilities None(string reason) => new(reason, "");
}
