using JsRun.Cli.Repl;

namespace JsRun.Cli.Tests.Repl;

public sealed class ReplHistoryTests
{
    [Fact]
    public void Save_Entries_AreReadAgainAndOnlyByTheirOwner()
    {
        using var folder = new ScriptFolder();
        var history = new ReplHistory(folder["a/history"]);
        foreach (var entry in new[] { "one", "one", " ", "two\nlines" })
        {
            history.Add(entry);
        }

        history.Save();

        new ReplHistory(folder["a/history"]).Entries.ShouldBe(["one", "two\nlines"]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder["a/history"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Entries_BrokenFile_AreNone()
    {
        using var folder = new ScriptFolder(("history", "not JSON"));

        new ReplHistory(folder["history"]).Entries.ShouldBeEmpty();
    }
}
