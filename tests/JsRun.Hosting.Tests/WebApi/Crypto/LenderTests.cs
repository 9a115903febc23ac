using JsRun.WebApi.Crypto;

namespace JsRun.Hosting.Tests.WebApi.Crypto;

public sealed class LenderTests
{
    private readonly List<Thing> _made = [];

    [Fact]
    public void Use_OneAfterTheOther_MakesOne()
    {
        var lender = Create();

        lender.Use(0, static (_, _) => 0);
        lender.Use(0, static (_, _) => 0);

        _made.Count.ShouldBe(1);
    }

    [Fact]
    public void Use_WithinAnother_MakesOneMoreAndKeepsOne()
    {
        var lender = Create();

        lender.Use(lender, static (outer, lender) => lender.Use(outer, static (inner, outer) => inner == outer)).ShouldBeFalse();

        _made.Count(thing => !thing.IsDisposed).ShouldBe(1);
    }

    [Fact]
    public void Dispose_WhileOneIsOut_EndsItWhenItComesBack()
    {
        var lender = Create();

        lender.Use(lender, static (thing, lender) =>
        {
            lender.Dispose();
            return thing.IsDisposed;
        }).ShouldBeFalse();

        _made.ShouldAllBe(thing => thing.IsDisposed);
    }

    private Lender<Thing> Create() => new(() =>
    {
        _made.Add(new Thing());
        return _made[^1];
    });

    private sealed class Thing : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
