using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>The README of a room names its key classes, and the files to look into. What it names exists.</summary>
public sealed partial class RoomPagesTests
{
    private static readonly string Hosting = Path.Combine(Repository.Root, "src/JsRun.Hosting");

    // Without the number of type parameters, and the folders of nested types.
    private static readonly HashSet<string> Types = [.. typeof(IJsRuntime).Assembly.GetTypes().Select(type => type.Name.Split('`')[0])];

    public static TheoryData<string> Rooms => ["Engine", "Engine/Native", "Functions", "Images", "JavaScript/src", "Modules", "Pooling"];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Readme_HasBothTables(string room)
    {
        var page = Read(room);

        Table(page, "## Key classes").Count.ShouldBeGreaterThan(3);
        Table(page, "## Where to look").Count.ShouldBeGreaterThan(3);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Readme_WhatItNamesInItsTables_Exists(string room)
    {
        var names = Names(room).ToArray();

        names.Length.ShouldBeGreaterThan(8);
        names.Where(name => !Exists(room, name)).ShouldBeEmpty();
    }

    // The test itself: a name that nothing has is noticed.
    [Theory]
    [InlineData("Pooling", "IsolatePools")]
    [InlineData("Pooling", "IsolatePools.cs")]
    [InlineData("JavaScript/src", "kernel/no.ts")]
    public void Exists_NothingOfThatName_IsFalse(string room, string name) => Exists(room, name).ShouldBeFalse();

    private static IEnumerable<string> Names(string room) =>
        Table(Read(room), "## Key classes").Concat(Table(Read(room), "## Where to look"))
            .SelectMany(row => NamePattern().Matches(row).Select(match => match.Groups[1].Value))
            .Where(IsOfAThing);

    // Types, and paths. Not code such as `0x99f`, `ctx` or `[UnmanagedCallersOnly]`.
    private static bool IsOfAThing(string name) => TypePattern().IsMatch(name) || name.Contains('/', StringComparison.Ordinal) || Path.GetExtension(name) is ".cs" or ".ts";

    private static bool Exists(string room, string name)
    {
        if (TypePattern().IsMatch(name))
        {
            return Types.Contains(name);
        }

        var path = Path.Combine(Hosting, room, name);
        return File.Exists(path) || Directory.Exists(path);
    }

    private static List<string> Table(string page, string heading) =>
        [.. page.Split('\n').SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith('|')).Skip(2)];

    private static string Read(string room) => File.ReadAllText(Path.Combine(Hosting, room, "README.md")).ReplaceLineEndings("\n");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]+$")]
    private static partial Regex TypePattern();
}
