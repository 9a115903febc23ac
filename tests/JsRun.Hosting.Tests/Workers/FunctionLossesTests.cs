using JsRun.Workers;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Workers;

public class FunctionLossesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Add_TheThirdWithinTheWindow_Suspends()
    {
        var losses = new FunctionLosses(_time);

        losses.Add().ShouldBeNull();
        losses.Add().ShouldBeNull();
        losses.Suspended.ShouldBeNull();
        losses.Add().ShouldBe(FunctionLosses.FirstSuspension);

        losses.Suspended.ShouldBe(FunctionLosses.FirstSuspension);
        _time.Advance(FunctionLosses.FirstSuspension - TimeSpan.FromTicks(1));
        losses.Suspended.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromTicks(1));
        losses.Suspended.ShouldBeNull();
    }

    [Fact]
    public void Add_OneMoreAfterASuspension_SuspendsForTwiceAsLong()
    {
        var losses = Suspended();
        _time.Advance(FunctionLosses.FirstSuspension);

        losses.Add().ShouldBe(2 * FunctionLosses.FirstSuspension);
    }

    [Fact]
    public void Add_AgainAndAgain_SuspendsForAnHourAtMost()
    {
        var losses = Suspended();

        TimeSpan? last = null;
        for (var i = 0; i < 20; i++)
        {
            last = losses.Add();
        }

        last.ShouldBe(FunctionLosses.LongestSuspension);
    }

    [Fact]
    public void Add_BeyondTheWindow_CountsFromTheBeginning()
    {
        var losses = new FunctionLosses(_time);
        losses.Add();
        losses.Add();
        _time.Advance(FunctionLosses.Window + TimeSpan.FromTicks(1));

        losses.Add().ShouldBeNull();
        losses.Count.ShouldBe(1);
    }

    [Fact]
    public void Add_AtTheEndOfTheWindow_StillCounts()
    {
        var losses = new FunctionLosses(_time);
        losses.Add();
        losses.Add();
        _time.Advance(FunctionLosses.Window);

        losses.Add().ShouldNotBeNull();
    }

    [Fact]
    public void Reset_AfterANewDeployment_ForgetsAll()
    {
        var losses = Suspended();

        losses.Reset();

        losses.Suspended.ShouldBeNull();
        losses.Count.ShouldBe(0);
        losses.Add().ShouldBeNull();
    }

    private FunctionLosses Suspended()
    {
        var losses = new FunctionLosses(_time);
        for (var i = 0; i < FunctionLosses.Most; i++)
        {
            losses.Add();
        }

        return losses;
    }
}
