using System.Text.RegularExpressions;
using JsRun.Engine.Crossing;
using JsRun.Engine.Ports;
using JsRun.Engine.Web;
using JsRun.Hosting.Tests.Architecture;

namespace JsRun.Hosting.Tests.Engine.Crossing;

/// <summary>The table of host ports: each operation has one, whatever the order of the rows.</summary>
public sealed class HostPortTableTests
{
    private static readonly HostPortRow[] Rows = [.. EnginePorts.Rows, .. WebPorts.Rows];

    public static TheoryData<int> AskedByTypeScript =>
        [.. ScriptEnum.All.Single(static e => e.ToString() == "kernel/ops.ts: HostOp").Members.Values.Cast<int>()];

    [Theory]
    [MemberData(nameof(AskedByTypeScript))]
    public void PlaceOf_OpOfTypeScript_IsThatOfThePortThatDeclaresIt(int op)
    {
        Rows[new HostPortTable(Rows).PlaceOf((HostOp)op)].Ops.ShouldContain((HostOp)op);

        HostPortRow[] reversed = [.. Rows.Reverse()];
        reversed[new HostPortTable(reversed).PlaceOf((HostOp)op)].Ops.ShouldContain((HostOp)op);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(27)]
    [InlineData(111)]
    [InlineData(int.MaxValue)]
    public void PlaceOf_NoOperation_IsRefused(int op) =>
        Should.Throw<InvalidOperationException>(() => new HostPortTable(Rows).PlaceOf((HostOp)op)).Message.ShouldContain("different builds");

    [Fact]
    public void Constructor_TwoPortsForAnOp_AreRefused() =>
        Should.Throw<InvalidOperationException>(static () => new HostPortTable([.. Rows, new HostPortRow("OtherPort", [HostOp.Log], static _ => null!)]))
            .Message.ShouldBe("The host operation Log has two ports, ConsolePort and OtherPort: each operation belongs to one.");

    [Fact]
    public void Constructor_OpsWithoutPort_AreRefused() =>
        Should.Throw<InvalidOperationException>(() => new HostPortTable(Rows.Where(static row => row.Name != "FetchPort")))
            .Message.ShouldStartWith("No port answers Fetch, FetchAbort:");

    [Fact]
    public void Ports_AreRowsAndAreCalledPorts()
    {
        var ports = typeof(IHostPort).Assembly.GetTypes()
            .Where(static t => t.IsClass && typeof(IHostPort).IsAssignableFrom(t))
            .Select(static t => t.Name)
            .ToArray();

        ports.ShouldBe(Rows.Select(static row => row.Name), ignoreOrder: true);
        ports.ShouldAllBe(static name => name.EndsWith("Port", StringComparison.Ordinal));
    }

    // Once where it is declared, and once where it is answered.
    [Fact]
    public void Ports_AnswerWhatTheyDeclare() =>
        Rows.Where(static row => row.Ops.Count > 1)
            .SelectMany(static row => row.Ops.Select(op => (row.Name, Op: op)))
            .Where(static declared => Regex.Count(SourceOf(declared.Name), $@"\bHostOp\.{declared.Op}\b") < 2)
            .ShouldBeEmpty();

    // What a port is asked and answers is plain data, so that it could stand in another process: nothing of V8's API is within its reach.
    [Fact]
    public void Ports_DoNotNameClearScript() =>
        Rows.Where(static row => SourceOf(row.Name).Contains("ClearScript", StringComparison.Ordinal)).Select(static row => row.Name).ShouldBeEmpty();

    [Fact]
    public void Ports_OfScripts_AreNamedByTheCompositionOnly() =>
        HostingTypes.Uses
            .Select(static use => (From: HostingTypes.Folders[use.From], To: HostingTypes.Folders[use.To]))
            .Where(static use => use.To is "Engine/Ports" or "Engine/Web" && use.From != use.To)
            .Select(static use => use.From)
            .Distinct()
            .ShouldBe(["DependencyInjection"]);

    private static string SourceOf(string type) =>
        File.ReadAllText(Path.Combine(HostingTypes.Root, HostingTypes.Files.Single(file => Path.GetFileName(file) == type + ".cs")));
}
