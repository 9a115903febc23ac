namespace JsRun.Streams;

/// <summary>What the body of a response is.</summary>
internal enum BodyKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Text, known whole: sent as UTF-8.</summary>
    Text,

    /// <summary>Bytes, known whole.</summary>
    Bytes,

    /// <summary>A stream, pulled while it is written.</summary>
    Stream,
}
