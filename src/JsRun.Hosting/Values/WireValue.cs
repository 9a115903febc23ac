namespace JsRun.Values;

/// <summary>A value on its way into JavaScript.</summary>
/// <param name="Payload"><see langword="null"/>, <see cref="JsUndefined.Value"/>, a <see cref="bool"/>, a <see cref="double"/>, or text of the wire.</param>
/// <param name="Bytes">What it holds of bytes, in its order; <see langword="null"/> where it holds none.</param>
internal readonly record struct WireValue(object? Payload, IReadOnlyList<ReadOnlyMemory<byte>>? Bytes = null);
