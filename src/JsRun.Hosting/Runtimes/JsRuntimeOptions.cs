namespace JsRun;

/// <summary>Options for a runtime with an isolate of its own. An option that is not set has the value of <see cref="JsRunOptions"/>.</summary>
/// <remarks>Read when the runtime is created; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRuntimeOptions : JsContextOptions
{
    /// <summary>The most time that one evaluation, import or call may take on the wall clock, from when it begins to run, unless it is given its own.</summary>
    /// <value>The default is <see cref="Timeout.InfiniteTimeSpan"/>: no limit. At most 49 days.</value>
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>V8's heap, in bytes.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="JsRunLimitsOptions.MaxHeapBytes"/>. From 8 MiB to 16 GiB.</value>
    public long? MaxHeapBytes { get; set; }

    /// <summary>Memory of all ArrayBuffers, in bytes. Past it: a RangeError in the script.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="JsRunLimitsOptions.MaxArrayBufferBytes"/>. From 1 MiB to 16 GiB.</value>
    public long? MaxArrayBufferBytes { get; set; }

    /// <summary>Scripts that run when the runtime is made, in their order, within <see cref="Timeout"/>, or <see cref="JsRunLimitsOptions.StartupTimeout"/> where that is infinite.</summary>
    /// <value>Empty by default.</value>
    public IList<JsScript> Bootstrap { get; } = [];

    /// <summary>Capabilities such as <c>net:api.example.com</c>.</summary>
    /// <value>Empty by default: no I/O.</value>
    public IList<string> Permissions { get; } = [];

    /// <summary>Gets or sets the snapshot from which the runtime's globals start. Default: none.</summary>
    /// <value>The default is <see langword="null"/>: nothing but what <see cref="JsContextOptions.Surface"/> shows.</value>
    public JsSnapshot? Snapshot { get; set; }
}
