namespace JsRun;

/// <summary>A module that is to be loaded.</summary>
public readonly record struct JsModuleLoadRequest
{
    /// <summary>Gets the absolute URL of the module.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the import attribute <c>type</c>: <c>json</c>, <c>text</c>, <c>bytes</c>, <c>webassembly</c>; <see langword="null"/> without one.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the first importer; see <see cref="JsModuleRequest.Referrer"/>.</summary>
    public string? Referrer { get; init; }
}
