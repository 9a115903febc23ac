using JsRun.Workers.Sandbox;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

public sealed class SandboxReportTests
{
    private static readonly SandboxReport Report = new([new("noNewPrivileges", true), new("landlock", true, "abi 6"), new("sealed", false, "no, not here")]);

    [Fact]
    public void Parse_TextOfAReport_ReturnsIt() => SandboxReport.Parse(Report.ToString()).Measures.ShouldBe(Report.Measures);

    [Fact]
    public void Parse_SomethingElse_Throws() => Should.Throw<FormatException>(static () => SandboxReport.Parse("landlock"));

    [Fact]
    public void ToData_OfMeasures_ShowsExtentsAndReasons()
    {
        var data = Report.ToData();

        data["noNewPrivileges"].ShouldBe(true);
        data["landlock"].ShouldBe("abi 6");
        data["sealed"].ShouldBe(false);
        data["missing"].ShouldBeAssignableTo<IReadOnlyDictionary<string, string>>()!["sealed"].ShouldBe("no, not here");
    }

    [Fact]
    public void Missing_OfMeasures_NamesThoseThatAreNotApplied()
    {
        Report.IsComplete.ShouldBeFalse();
        Report.Missing.ShouldBe("sealed: no, not here");
        new SandboxReport([new("sealed", true)]).IsComplete.ShouldBeTrue();
    }
}
