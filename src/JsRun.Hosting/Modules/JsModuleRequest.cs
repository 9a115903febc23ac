namespace JsRun;

/// <summary>What somebody imports, before it has a URL.</summary>
/// <param name="Specifier">The specifier as it was written.</param>
/// <param name="Referrer">
/// Who asks: the URL of a module, or the file name of an evaluated script. <see langword="null"/> where the host does (<c>IJsRuntime.ImportAsync</c>).
/// </param>
/// <param name="Type">The import attribute <c>type</c>: <c>json</c>, <c>text</c>, <c>bytes</c>, <c>webassembly</c>; <see langword="null"/> without one.</param>
/// <param name="IsDynamic">Whether it is an <c>import()</c>.</param>
public readonly record struct JsModuleRequest(string Specifier, string? Referrer, string? Type, bool IsDynamic);
