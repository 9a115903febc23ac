namespace JsRun;

/// <summary>A module that is to be loaded.</summary>
/// <param name="Url">Its absolute URL.</param>
/// <param name="Type">The import attribute <c>type</c>: <c>json</c>, <c>text</c>, <c>bytes</c>, <c>webassembly</c>; <see langword="null"/> without one.</param>
/// <param name="Referrer">Who asked for it first; see <see cref="JsModuleRequest"/>.</param>
public readonly record struct JsModuleLoadRequest(string Url, string? Type, string? Referrer);
