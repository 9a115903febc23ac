namespace JsRun;

/// <summary>Options for the import of a module by the host.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsImportOptions
{
    /// <summary>The import attribute <c>type</c>: <c>json</c>, <c>text</c>, <c>bytes</c>, <c>webassembly</c>.</summary>
    /// <value>The default is <see langword="null"/>: an ES module or a WebAssembly instance.</value>
    public string? Type { get; init; }

    /// <summary>The most time that the import may take on the wall clock, loading and the module's top level together.</summary>
    /// <value>The default is <see langword="null"/>: the runtime's <see cref="JsRuntimeOptions.Timeout"/>. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> is no limit.</value>
    public TimeSpan? Timeout { get; init; }
}
