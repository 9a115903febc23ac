using JsRun.AspNetCore.Watching;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.AspNetCore.Tests.Watching;

public sealed class DebouncerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Debouncer _sut;
    private TaskCompletionSource? _gate;
    private int _runs;

    public DebouncerTests()
    {
        _sut = new Debouncer(_time, () =>
        {
            _runs++;
            return _gate?.Task ?? Task.CompletedTask;
        });
    }

    [Fact]
    public void Signal_ThenQuiet_RunsOnce()
    {
        _sut.Signal();
        _sut.Signal();
        _time.Advance(Debouncer.Quiet);
        _time.Advance(Debouncer.Longest);

        _runs.ShouldBe(1);
    }

    [Fact]
    public void Signal_BeforeItWasQuiet_WaitsOn()
    {
        _sut.Signal();
        _time.Advance(Debouncer.Quiet / 2);
        _sut.Signal();
        _time.Advance(Debouncer.Quiet / 2);

        _runs.ShouldBe(0);
        _time.Advance(Debouncer.Quiet / 2);
        _runs.ShouldBe(1);
    }

    [Fact]
    public void Signal_WithoutEnd_RunsAtTheLatestAfterTheLongest()
    {
        for (var waited = TimeSpan.Zero; waited < Debouncer.Longest; waited += Debouncer.Quiet / 2)
        {
            _runs.ShouldBe(0);
            _sut.Signal();
            _time.Advance(Debouncer.Quiet / 2);
        }

        _runs.ShouldBe(1);
    }

    [Fact]
    public void Signal_DuringARun_LeadsToAnotherAfterIt()
    {
        _gate = new TaskCompletionSource();
        _sut.Signal();
        _time.Advance(Debouncer.Quiet);
        _sut.Signal();
        _time.Advance(Debouncer.Longest);
        _runs.ShouldBe(1);

        var gate = _gate;
        _gate = null;
        gate.SetResult();
        _time.Advance(Debouncer.Quiet);

        _runs.ShouldBe(2);
    }

    [Fact]
    public void Dispose_PendingSignal_RunsNothing()
    {
        _sut.Signal();
        _sut.Dispose();
        _time.Advance(Debouncer.Longest);

        _runs.ShouldBe(0);
    }

    [Fact]
    public void Dispose_DuringARunWithASignalPending_RunsNoMore()
    {
        _gate = new TaskCompletionSource();
        _sut.Signal();
        _time.Advance(Debouncer.Quiet);
        _sut.Signal();

        _sut.Dispose();
        _gate.SetResult();
        _sut.Signal();
        _time.Advance(Debouncer.Longest);

        _runs.ShouldBe(1);
    }

    [Fact]
    public void Signal_LongAfterTheFirstOfARun_StartsTheNextAtOnce()
    {
        _gate = new TaskCompletionSource();
        _sut.Signal();
        _time.Advance(Debouncer.Quiet);
        _sut.Signal();
        _time.Advance(Debouncer.Longest * 2);
        _gate.SetResult();
        _gate = null;

        _sut.Signal();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        _runs.ShouldBe(2);
    }

    public void Dispose() => _sut.Dispose();
}
