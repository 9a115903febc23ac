using JsRun.Workers.Brokering;

namespace JsRun.Hosting.Tests.Workers;

public class CallLimitTests
{
    [Fact]
    public void TryEnter_BeyondTheMost_HasNoPlaceUntilOneIsFree()
    {
        var limit = new CallLimit(2);
        var first = limit.TryEnter().ShouldNotBeNull();
        limit.TryEnter().ShouldNotBeNull();

        limit.TryEnter().ShouldBeNull();
        first.Dispose();
        first.Dispose();

        limit.TryEnter().ShouldNotBeNull();
        limit.TryEnter().ShouldBeNull();
    }
}
