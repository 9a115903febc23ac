using System.IO.Pipelines;
using JsRun.Streams;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Streams;

public sealed class ByteSinkTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private readonly FakePeer _port = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 100_000, resumeWriterThreshold: 50_000, useSynchronizationContext: false));
    private readonly ByteSink _sink;

    public ByteSinkTests() => _sink = new ByteSink(_port, this, 1, _time, Idle);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_BeforeThePump_IsRefusedAndOfferedAgain()
    {
        Write(10).ShouldBe(SinkState.Refused);

        var pumping = Pump();
        _port.Turn();

        _port.GoOns.ShouldBe([true]);
        Write(10).ShouldBe(SinkState.GoOn);
        _sink.End(null);
        await pumping.InTime();
        (await ReadAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task Flush_EndOfTurn_SendsWhatWasWritten()
    {
        var pumping = Pump();
        _port.Turn();
        Write(10).ShouldBe(SinkState.GoOn);
        Write(10).ShouldBe(SinkState.GoOn);
        _pipe.Reader.TryRead(out _).ShouldBeFalse("nothing is flushed within the turn");

        _port.Turn();

        (await ReadAsync()).ShouldBe(20);
        pumping.IsCompleted.ShouldBeFalse();
        _sink.End(null);
        await pumping.InTime();
    }

    [Fact]
    public async Task Write_MuchWithoutAFlush_SaysWaitAndGoesOnAfterIt()
    {
        var pumping = Pump();
        _port.Turn();

        Write(64 * 1024).ShouldBe(SinkState.Wait);
        _port.Turn();

        (await ReadAsync()).ShouldBe(64 * 1024);
        await Eventually.HoldsAsync(() => _port.Posted > 0);
        _port.Turn();
        _port.GoOns.ShouldBe([true]);
        Write(1).ShouldBe(SinkState.GoOn);
        _sink.End(null);
        await pumping.InTime();
    }

    [Fact]
    public async Task Write_ReaderIsSlow_IsRefusedUntilItHasRead()
    {
        var pumping = Pump();
        _port.Turn();
        Write(99_000).ShouldBe(SinkState.Wait);
        _port.Turn();
        await Eventually.HoldsAsync(() => _port.Posted > 0);
        _port.Turn();
        Write(99_000).ShouldBe(SinkState.Wait);
        _port.Turn();
        // The pump's flush now waits for the reader, and JavaScript with it.
        Write(1).ShouldBe(SinkState.Refused);
        _port.GoOns.Clear();

        (await ReadAsync()).ShouldBeGreaterThan(0);
        await Eventually.HoldsAsync(() =>
        {
            if (_pipe.Reader.TryRead(out var read))
            {
                _pipe.Reader.AdvanceTo(read.Buffer.End);
            }

            _port.Turn();
            return _port.GoOns.Count > 0;
        });

        _port.GoOns.ShouldBe([true]);
        Write(1).ShouldBe(SinkState.GoOn);
        _sink.End(null);
        await pumping.InTime();
    }

    [Fact]
    public async Task End_WithError_PumpFailsWithIt()
    {
        var pumping = Pump();
        _port.Turn();
        Write(10);

        _sink.End(new JavaScriptException("midway"));

        (await Should.ThrowAsync<JavaScriptException>(async () => await pumping.InTime())).Message.ShouldBe("midway");
        Write(10).ShouldBe(SinkState.Refused);
    }

    [Fact]
    public async Task End_BeforeThePump_WritesNothingAndEnds()
    {
        _sink.End(null);

        await Pump().InTime();
    }

    [Fact]
    public async Task Pump_ReaderCompletes_IsCancelledAndJavaScriptIsToldOnce()
    {
        var pumping = Pump();
        _port.Turn();
        Write(10);
        await _pipe.Reader.CompleteAsync();
        _port.Turn();

        await Should.ThrowAsync<OperationCanceledException>(async () => await pumping.InTime());
        _port.GoOns.Clear();
        _port.Turn();

        _port.GoOns.ShouldBe([false]);
        Write(10).ShouldBe(SinkState.Refused);
    }

    [Fact]
    public async Task Pump_Cancelled_EndsAndJavaScriptIsTold()
    {
        using var cancellation = new CancellationTokenSource();
        var pumping = _sink.PumpAsync(_pipe.Writer, cancellation.Token).AsTask();
        _port.Turn();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await pumping.InTime());
        _port.Turn();
        _port.GoOns.ShouldContain(false);
    }

    [Fact]
    public async Task Pump_SilentForTheIdleTimeout_FailsAndJavaScriptIsTold()
    {
        var pumping = Pump();
        _port.Turn();
        _time.Advance(Idle - TimeSpan.FromMilliseconds(1));
        pumping.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await Should.ThrowAsync<JsTimeoutException>(async () => await pumping.InTime())).Message.ShouldContain("JsRun:Limits:IdleTimeout");
        _port.Turn();
        _port.GoOns.ShouldContain(false);
    }

    [Fact]
    public async Task Pump_SilentAfterAFlush_FailsToo()
    {
        var pumping = Pump();
        _port.Turn();
        Write(64 * 1024).ShouldBe(SinkState.Wait);
        _port.Turn();
        await ReadAsync();
        // JavaScript is asked to go on after the timer has been set again.
        await Eventually.HoldsAsync(() => _port.Posted > 0);

        _time.Advance(Idle - TimeSpan.FromMilliseconds(1));
        pumping.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await Should.ThrowAsync<JsTimeoutException>(async () => await pumping.InTime())).Message.ShouldContain("JsRun:Limits:IdleTimeout");
    }

    [Fact]
    public async Task LoseReader_NobodyPumps_JavaScriptIsTold()
    {
        _sink.LoseReader();
        _sink.LoseReader();
        _port.Turn();

        _port.GoOns.ShouldBe([false]);
        await Task.CompletedTask;
    }

    private int Write(int size)
    {
        var chunk = new Chunk(size);
        return _sink.Write(ref chunk);
    }

    private Task Pump() => _sink.PumpAsync(_pipe.Writer, Token).AsTask();

    private async Task<long> ReadAsync()
    {
        var result = await _pipe.Reader.ReadAsync(Token).InTime();
        _pipe.Reader.AdvanceTo(result.Buffer.End);
        return result.Buffer.Length;
    }
}
