using System.IO.Pipelines;
using System.Text;

namespace JsRun.WebApi.Fetch;

/// <summary>A request's body: none, text, bytes, or a stream that is read while it is sent.</summary>
internal readonly struct FetchBody
{
    private static readonly object BytesMarker = new();
    private readonly object? _body;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _length;

    private FetchBody(object body, ReadOnlyMemory<byte> bytes = default, long length = -1) => (_body, _bytes, _length) = (body, bytes, length);

    public static FetchBody None => default;

    public static FetchBody Text(string text) => new(text);

    public static FetchBody Bytes(ReadOnlyMemory<byte> bytes) => new(BytesMarker, bytes);

    /// <summary>The reader is completed when the request ends, sent or failed, so that the writer stops.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="length">How many they are; negative where nobody knows.</param>
    public static FetchBody Stream(PipeReader reader, long length = -1) => new(reader, length: length);

    /// <summary>Gives the content without headers of its own: the script's decide. Content headers need a content, so there may be an empty one.</summary>
    public HttpContent? ToContent(bool hasContentHeaders) => _body switch
    {
        string text => new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
        PipeReader reader => new PipeContent(reader, _length),
        not null => new ReadOnlyMemoryContent(_bytes),
        null => hasContentHeaders ? new ByteArrayContent([]) : null,
    };

    /// <summary>Completes a stream that no content took over, so that its writer does not wait for ever.</summary>
    public void Abandon() => (_body as PipeReader)?.Complete();
}
