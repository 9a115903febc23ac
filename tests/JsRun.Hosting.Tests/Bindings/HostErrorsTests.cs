using JsRun.Bindings;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class HostErrorsTests
{
    [Fact]
    public void Find_Remembered_IsThatException()
    {
        var errors = new HostErrors();
        var first = new InvalidOperationException();

        var id = errors.Add(first);
        errors.Add(new InvalidOperationException());

        errors.Find(id).ShouldBeSameAs(first);
    }

    [Fact]
    public void Find_UnknownOrLongAgo_IsNone()
    {
        var errors = new HostErrors();
        var id = errors.Add(new InvalidOperationException());
        for (var i = 0; i < HostErrors.Capacity - 1; i++)
        {
            errors.Add(new InvalidOperationException());
        }

        errors.Find(id).ShouldNotBeNull();
        errors.Add(new InvalidOperationException());

        errors.Find(id).ShouldBeNull();
        errors.Find(0).ShouldBeNull();
        errors.Find(-1).ShouldBeNull();
        errors.Find(10_000).ShouldBeNull();
    }
}
