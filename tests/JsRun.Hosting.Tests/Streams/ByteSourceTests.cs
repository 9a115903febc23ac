using System.IO.Pipelines;
using JsRun.Streams;

namespace JsRun.Hosting.Tests.Streams;

public sealed class ByteSourceTests
{
    private readonly FakePeer _port = new();
    private readonly FakeTransfer _transfer = new();
    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly ByteSource _source;
    private int _closings;

    public ByteSourceTests() => _source = new ByteSource(_port, this, 1, _pipe.Reader, () =>
    {
        _closings++;
        return Task.CompletedTask;
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_BytesAreThere_GivesThemAtOnceAndNoMoreThanWanted()
    {
        await _pipe.Writer.WriteAsync(new byte[] { 1, 2, 3, 4, 5 }, Token);

        _source.Pull(3).ShouldBe(3);
        _source.Copy(_transfer).ShouldBeTrue();
        _transfer.Bytes[..3].ShouldBe([1, 2, 3]);
        _source.Pull(100).ShouldBe(2);
        _source.Copy(_transfer).ShouldBeTrue();
        _transfer.Bytes[..2].ShouldBe([4, 5]);
    }

    [Fact]
    public async Task Pull_NothingThere_AnnouncesWhenItComes()
    {
        _source.Pull(100).ShouldBe(SourceState.Pending);
        _source.Pull(100).ShouldBe(SourceState.Pending, "one read at a time");

        await _pipe.Writer.WriteAsync(new byte[] { 9, 8 }, Token);
        await Eventually.HoldsAsync(() => _port.Posted > 0);
        _port.Turn();

        _port.Answers.ShouldBe([(2, null)]);
        _source.Copy(_transfer).ShouldBeTrue();
        _transfer.Bytes[..2].ShouldBe([9, 8]);
    }

    [Fact]
    public async Task Pull_Completed_IsTheEnd()
    {
        await _pipe.Writer.CompleteAsync();

        _source.Pull(100).ShouldBe(0);
        _source.Pull(100).ShouldBe(0);
    }

    [Fact]
    public async Task Pull_CompletedWhileItWaits_IsTheEnd()
    {
        _source.Pull(100).ShouldBe(SourceState.Pending);

        await _pipe.Writer.CompleteAsync();
        await Eventually.HoldsAsync(() => _port.Posted > 0);
        _port.Turn();

        _port.Answers.ShouldBe([(0, null)]);
    }

    [Fact]
    public async Task Pull_WriterFails_IsAnErrorAndNotTheEnd()
    {
        var error = new IOException("the connection broke");
        await _pipe.Writer.CompleteAsync(error);

        _source.Pull(100).ShouldBe(SourceState.Failed);
        _port.Turn();

        _port.Answers.ShouldBe([(SourceState.Failed, error)]);
    }

    [Fact]
    public async Task CloseAsync_NothingIsRead_EndsAtOnceAndOnce()
    {
        await _source.CloseAsync().InTime();
        await _source.CloseAsync().InTime();

        _closings.ShouldBe(1);
        _source.Pull(100).ShouldBe(SourceState.Failed);
        _port.Turn();
        _port.Answers.ShouldBe([(SourceState.Failed, null)]);
    }

    [Fact]
    public async Task CloseAsync_WhileARead_IsPending_WaitsForItWithoutTheIsolate()
    {
        _source.Pull(100).ShouldBe(SourceState.Pending);

        // No turn runs meanwhile: the isolate may be in a long one.
        await _source.CloseAsync().InTime();

        _closings.ShouldBe(1);
        _port.Turn();
        _port.Answers.Single().Count.ShouldBe(SourceState.Failed);
        // The reader is free for its owner.
        await _pipe.Writer.WriteAsync(new byte[3], Token);
        _pipe.Reader.TryRead(out var read).ShouldBeTrue();
        read.Buffer.Length.ShouldBe(3);
    }

    [Fact]
    public async Task Copy_AfterClose_TouchesNothing()
    {
        await _pipe.Writer.WriteAsync(new byte[] { 1, 2, 3 }, Token);
        _source.Pull(100).ShouldBe(3);

        await _source.CloseAsync().InTime();

        _source.Copy(_transfer).ShouldBeFalse();
        _transfer.Bytes[0].ShouldBe((byte)0);
        _pipe.Reader.TryRead(out var read).ShouldBeTrue();
        read.Buffer.Length.ShouldBe(3, "what was announced and not taken is still the owner's");
    }

    [Fact]
    public async Task CloseAsync_RacingWithPull_AlwaysEnds()
    {
        for (var i = 0; i < 2000; i++)
        {
            var pipe = new Pipe();
            var port = new FakePeer();
            var source = new ByteSource(port, this, 1, pipe.Reader);
            var writing = i % 2 == 0 ? Task.CompletedTask : pipe.Writer.WriteAsync(new byte[1], Token).AsTask();
            using var start = new Barrier(2);
            var closing = Task.Run(
                () =>
                {
                    start.SignalAndWait(Token);
                    return source.CloseAsync();
                },
                Token);
            start.SignalAndWait(Token);
            if (source.Pull(10) > 0)
            {
                source.Copy(_transfer);
            }

            await closing.InTime();
            await writing;
        }
    }

    [Fact]
    public async Task Drop_IsolateIsGoneWhileARead_IsPending_ClosesTheBody()
    {
        _source.Pull(100).ShouldBe(SourceState.Pending);
        _port.IsGone = true;

        await _pipe.Writer.WriteAsync(new byte[1], Token);

        await Eventually.HoldsAsync(() => _closings == 1);
    }
}
