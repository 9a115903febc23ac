using JsRun.AspNetCore.Problems;
using JsRun.AspNetCore.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.AspNetCore.Tests.Problems;

public sealed class RefusalLogTests : IDisposable
{
    private readonly LogCollector _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RefusalLog _sut;

    public RefusalLogTests() => _sut = new RefusalLog(_log.CreateLogger("test"), _time);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Failed_ManyRefusals_AreOneLineNowAndOneLater()
    {
        for (var n = 0; n < 1000; n++)
        {
            _sut.Failed("/f", $"r{n}", new JsPoolExhaustedException($"full {n}"));
        }

        _log.Entries.ShouldHaveSingleItem().Text.ShouldBe("Function /f found no free isolate (request r0): full 0");
        _time.Advance(TimeSpan.FromSeconds(10));
        _log.Entries.Count.ShouldBe(2);
        _log.Entries.Last().Text.ShouldBe("999 more requests to function /f were refused within 00:00:10, the last (request r999) because: full 999");
    }

    [Fact]
    public void Failed_AfterASilence_IsToldAtOnceAgain()
    {
        _sut.Failed("/f", "r1", new JsModuleException("broken"));
        _time.Advance(TimeSpan.FromSeconds(10));

        _sut.Failed("/f", "r2", new JsModuleException("broken"));

        _log.Entries.Select(e => e.Id).ShouldBe([305, 305]);
    }

    [Fact]
    public void Failed_WhileRefusalsGoOn_IsSummarisedEachTime()
    {
        for (var n = 0; n < 3; n++)
        {
            _sut.Failed("/f", "r", new JsIsolateLostException("lost"));
            _sut.Failed("/f", "r", new JsIsolateLostException("lost"));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        _log.Entries.Select(e => e.Id).ShouldBe([304, 312, 312, 312]);
    }

    [Fact]
    public void Failed_OtherFunctionsReasonsAndErrors_AreToldForThemselves()
    {
        _sut.Failed("/f", "r", new JsPoolExhaustedException("full"));
        _sut.Failed("/g", "r", new JsPoolExhaustedException("full"));
        _sut.Failed("/f", "r", new JsModuleException("broken"));
        _sut.Failed("/f", "r", new JsTimeoutException("slow"));
        _sut.Failed("/f", "r", new JsTimeoutException("slow"));

        _log.Entries.Select(e => e.Id).ShouldBe([302, 302, 305, 301, 301]);
    }
}
