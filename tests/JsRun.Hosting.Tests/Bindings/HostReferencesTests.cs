using JsRun.Bindings;

namespace JsRun.Hosting.Tests.Bindings;

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
        var (old, next) = (Bind(references, "f"), Bind(references, "f"));

        references.FindFunction(old).ShouldBeNull();
        references.FindFunction(next).ShouldNotBeNull();
    }

    [Fact]
    public void Replace_Merged_RevokesTheMembersThatAreReplacedAndKeepsTheOthers()
    {
        var references = new HostReferences();
        var (f, g) = (Bind(references, "o", "f"), Bind(references, "o", "g", merged: true));
        var next = Bind(references, "o", "f", merged: true);

        references.FindFunction(f).ShouldBeNull();
        references.FindFunction(g).ShouldNotBeNull();

        Bind(references, "o", "h");

        references.FindFunction(g).ShouldBeNull();
        references.FindFunction(next).ShouldBeNull();
    }

    [Fact]
    public void Replace_MergedIntoAnObjectBoundAsAWhole_RevokesThatMemberOnly()
    {
        var references = new HostReferences();
        var whole = references.Grant(new HostObject([]));
        var (f, g) = (references.Grant(() => 1), references.Grant(() => 2));
        references.Adopt(whole, [("f", f), ("g", g)]);
        references.Replace("o", [], [("", whole)], merged: false);

        Bind(references, "o", "f", merged: true);

        references.FindFunction(f).ShouldBeNull();
        references.FindFunction(g).ShouldNotBeNull();
    }

    [Fact]
    public void Revoke_ObjectWithMembers_RevokesThemToo()
    {
        var references = new HostReferences();
        var (whole, member) = (references.Grant(new HostObject([])), references.Grant(() => 1));
        references.Adopt(whole, [("f", member)]);

        references.Revoke([("", whole)]);

        references.FindObject(whole).ShouldBeNull();
        references.FindFunction(member).ShouldBeNull();
    }

    [Fact]
    public void Replace_OneOfTwoNamesOfADelegate_KeepsTheOther()
    {
        var references = new HostReferences();
        var handler = () => 1;
        Bind(references, "a", handler: handler);
        var other = Bind(references, "b", handler: handler);

        Bind(references, "a");

        references.FindFunction(other).ShouldNotBeNull();
    }

    private static int Bind(HostReferences references, string name, string member = "", bool merged = false, Delegate? handler = null)
    {
        var id = references.Grant(handler ?? (() => 1));
        references.Replace(name, [member], [(member, id)], merged);
        return id;
    }
}
