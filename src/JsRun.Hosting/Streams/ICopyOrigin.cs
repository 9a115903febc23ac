namespace JsRun.Streams;

/// <summary>Bytes or text of JavaScript's, valid for the duration of one call.</summary>
internal interface ICopyOrigin
{
    /// <summary>Writes everything as bytes.</summary>
    /// <returns>How many they were.</returns>
    int WriteTo(System.Buffers.IBufferWriter<byte> writer);
}
