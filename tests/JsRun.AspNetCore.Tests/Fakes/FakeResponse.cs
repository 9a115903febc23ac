using System.IO.Pipelines;
using System.Text;
using JsRun.Functions;
using JsRun.Streams;

namespace JsRun.AspNetCore.Tests.Fakes;

internal sealed class FakeResponse(int status, string headers, BodyKind kind, Func<PipeWriter, CancellationToken, ValueTask> write, long? length = null) : EdgeFunctionResponse
{
    public static FakeResponse Text(string text, int status = 200, string headers = "content-type\ntext/plain\n")
        => new(status, headers, BodyKind.Text, async (writer, token) => await writer.WriteAsync(Encoding.UTF8.GetBytes(text), token), Encoding.UTF8.GetByteCount(text));

    public static FakeResponse Stream(Func<PipeWriter, CancellationToken, ValueTask> write, string headers = "") => new(200, headers, BodyKind.Stream, write);

    public bool IsWritten { get; private set; }

    public bool IsDisposed { get; private set; }

    public override int Status => status;

    public override string Headers => headers;

    public override BodyKind BodyKind => kind;

    public override long? ContentLength => length;

    public override ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        IsWritten = true;
        return write(writer, cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }
}
