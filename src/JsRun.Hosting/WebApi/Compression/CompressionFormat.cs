namespace JsRun.WebApi.Compression;

/// <summary>The formats of the Compression standard. The numbers are those of the crossing.</summary>
internal enum CompressionFormat
{
    /// <summary>RFC 1952.</summary>
    Gzip = 0,

    /// <summary>RFC 1950.</summary>
    Deflate = 1,

    /// <summary>RFC 1951.</summary>
    DeflateRaw = 2,
}
