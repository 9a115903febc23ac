using System.IO.Pipelines;
using JsRun.AspNetCore.Bridge;

namespace JsRun.AspNetCore.Tests.Bridge;

public sealed class LengthWriterTests
{
    private readonly Pipe _pipe = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { 10 }, 10)]
    [InlineData(new[] { 4, 6 }, 10)]
    public async Task Verify_AnnouncedLength_IsAccepted(int[] chunks, int length)
    {
        var writer = await WriteAsync(chunks, length);

        writer.Verify();

        writer.IsExceeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData(new int[0], 1, "ended after 0 bytes")]
    [InlineData(new[] { 4, 5 }, 10, "ended after 9 bytes")]
    [InlineData(new[] { 11 }, 10, "gave more")]
    [InlineData(new[] { 4, 7 }, 10, "gave more")]
    [InlineData(new[] { 10, 1 }, 10, "gave more")]
    public async Task Verify_AnotherLength_SaysWhich(int[] chunks, int length, string expected)
    {
        var writer = await WriteAsync(chunks, length);

        var message = Should.Throw<InvalidResponseException>(writer.Verify).Message;

        message.ShouldContain($"Content-Length is {length}");
        message.ShouldContain(expected);
    }

    [Fact]
    public async Task FlushAsync_TooMuch_EndsTheStreamAndWritesNoneOfIt()
    {
        var writer = new LengthWriter(_pipe.Writer, 10);
        Write(writer, 8);
        (await writer.FlushAsync(Token)).IsCompleted.ShouldBeFalse();

        Write(writer, 3);
        (await writer.FlushAsync(Token)).IsCompleted.ShouldBeTrue();
        Write(writer, 1);
        (await writer.FlushAsync(Token)).IsCompleted.ShouldBeTrue();

        writer.IsExceeded.ShouldBeTrue();
        _pipe.Reader.TryRead(out var read).ShouldBeTrue();
        read.Buffer.Length.ShouldBe(8);
    }

    private async Task<LengthWriter> WriteAsync(int[] chunks, int length)
    {
        var writer = new LengthWriter(_pipe.Writer, length);
        foreach (var chunk in chunks)
        {
            Write(writer, chunk);
            await writer.FlushAsync(Token);
        }

        return writer;
    }

    private static void Write(LengthWriter writer, int count)
    {
        writer.GetSpan(count)[..count].Fill(1);
        writer.Advance(count);
    }
}
