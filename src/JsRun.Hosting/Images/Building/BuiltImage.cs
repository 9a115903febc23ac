namespace JsRun.Images.Building;

/// <summary>An image that has been restored once already.</summary>
/// <param name="Blob">V8's blob.</param>
/// <param name="Functions">What is in it, by the index of their contexts.</param>
/// <param name="Unfit">What cannot be in any, and why.</param>
/// <param name="LeftOut">What is not in this one, and why: another time it may be.</param>
internal sealed record BuiltImage(byte[] Blob, IReadOnlyList<ImageFunction> Functions, IReadOnlyDictionary<ImageFunction, string> Unfit, IReadOnlyDictionary<ImageFunction, string> LeftOut);
