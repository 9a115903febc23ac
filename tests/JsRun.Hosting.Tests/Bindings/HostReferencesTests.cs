namespace JsRun.Bindings;

public sealed class HostReferencesTests
{
    [Fact]
    public void Share_SameDelegate_HasTheSameNumber()
    {
        var references = new HostReferences();
        var handler = () => 1;

        var first = references.Share(handler);

        references.Share(handler).ShouldBe(first);
        references.Share(() => 2).ShouldNotBe(first);
        references.FindFunction(first).ShouldNotBeNull();
        references.FindObject(first).ShouldBeNull();
    }

    [Fact]
    public void Find_NumberThatWasNotGranted_IsNone()
    {
        var references = new HostReferences();
        references.Share(() => 1);

        new[] { -1, 0, 2, int.MaxValue }.ShouldAllBe(id => references.FindFunction(id) == null);
    }

    [Fact]
    public void Replace_NameThatWasBound_RevokesWhatItHad()
    {
        var references = new HostReferences();
        var (old, next) = (Bind(references, "f", JsBindMode.Replace), Bind(references, "f", JsBindMode.Replace));

        references.FindFunction(old).ShouldBeNull();
        references.FindFunction(next).ShouldNotBeNull();
    }

    [Fact]
    public void Replace_Merge_KeepsBothUntilTheNextReplace()
    {
        var references = new HostReferences();
        var (old, beside) = (Bind(references, "f", JsBindMode.Replace), Bind(references, "f", JsBindMode.Merge));
        references.FindFunction(old).ShouldNotBeNull();

        Bind(references, "f", JsBindMode.Replace);

        references.FindFunction(old).ShouldBeNull();
        references.FindFunction(beside).ShouldBeNull();
    }

    [Fact]
    public void Replace_OneOfTwoNamesOfADelegate_KeepsTheOther()
    {
        var references = new HostReferences();
        var handler = () => 1;
        Bind(references, "a", JsBindMode.Replace, handler);
        var other = Bind(references, "b", JsBindMode.Replace, handler);

        Bind(references, "a", JsBindMode.Replace);

        references.FindFunction(other).ShouldNotBeNull();
    }

    private static int Bind(HostReferences references, string name, JsBindMode mode, Delegate? handler = null)
    {
        var id = references.Grant(handler ?? (() => 1));
        references.Replace(name, [id], mode);
        return id;
    }
}
