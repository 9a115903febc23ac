using Microsoft.AspNetCore.Http.Metadata;

namespace JsRun.AspNetCore.Endpoints;

/// <summary>Keeps the body of a form that middleware has read, such as for an antiforgery token, so that the function can read it again.</summary>
internal sealed class KeptForm : IFormOptionsMetadata
{
    public bool? BufferBody => true;

    public int? MemoryBufferThreshold => null;

    public long? BufferBodyLengthLimit => null;

    public int? ValueCountLimit => null;

    public int? KeyLengthLimit => null;

    public int? ValueLengthLimit => null;

    public int? MultipartBoundaryLengthLimit => null;

    public int? MultipartHeadersCountLimit => null;

    public int? MultipartHeadersLengthLimit => null;

    public long? MultipartBodyLengthLimit => null;
}
