namespace JsRun.Images;

/// <summary>What an image's file tells of it.</summary>
/// <param name="Key">The hash of everything that went in.</param>
/// <param name="Scope">Whose it is.</param>
/// <param name="Functions">The fingerprints of its functions, by the index of their contexts.</param>
internal sealed record ImageHeader(string Key, string Scope, IReadOnlyList<string> Functions);
