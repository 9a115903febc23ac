namespace JsRun;

/// <summary>An import before it is resolved to a URL.</summary>
public readonly record struct JsModuleRequest
{
    /// <summary>Gets the specifier as it was written.</summary>
    public required string Specifier { get; init; }

    /// <summary>Gets the URL of the importing module, or the file name of the evaluated script that imports; <see langword="null"/> if the host imports (<c>IJsRuntime.ImportAsync</c>).</summary>
    public string? Referrer { get; init; }

    /// <summary>Gets the import attribute <c>type</c>: <c>json</c>, <c>text</c>, <c>bytes</c>, <c>webassembly</c>; <see langword="null"/> without one.</summary>
    public string? Type { get; init; }

    /// <summary>Gets whether it is an <c>import()</c>.</summary>
    public bool IsDynamic { get; init; }
}
