namespace JsRun;

/// <summary>Says which URL a specifier stands for. Called on a thread of the host, never on the isolate's; calls may come at the same time.</summary>
/// <param name="request">What is imported.</param>
/// <returns>
/// An absolute URL, <c>static:name</c> or the name of a static module; <see langword="null"/> or <c>""</c> to leave it to the import map, the static modules and the rules for
/// relative specifiers.
/// </returns>
public delegate string? JsModuleResolver(JsModuleRequest request);
