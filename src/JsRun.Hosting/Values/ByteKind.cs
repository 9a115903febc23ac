namespace JsRun.Values;

/// <summary>What a run of bytes is in JavaScript. Mirrors <c>JavaScript/src/values/wire.ts</c>.</summary>
internal enum ByteKind
{
    Uint8,
    Int8,
    Uint8Clamped,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Float32,
    Float64,
    BigInt64,
    BigUint64,
    Float16,
    Buffer,
    View,
}
