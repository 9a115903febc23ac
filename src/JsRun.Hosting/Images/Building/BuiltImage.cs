namespace JsRun.Images.Building;

/// <summary>An image that has been restored once already.</summary>
/// <param name="Blob">V8's blob.</param>
/// <param name="Functions">What is in it, by the index of their contexts.</param>
/// <param name="Unfit">What is not, and why.</param>
internal sealed record BuiltImage(byte[] Blob, IReadOnlyList<ImageFunction> Functions, IReadOnlyDictionary<ImageFunction, string> Unfit);
