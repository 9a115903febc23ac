using JsRun.Engine.Isolates;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Engine.Isolates;

public sealed class EngineLogTests : IDisposable
{
    private readonly LogCollector _logs = new();
    private readonly ILogger _sut;

    public EngineLogTests() => _sut = _logs.CreateLogger("test");

    private string Line => _logs.Entries.ShouldHaveSingleItem().Message;

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("/f", "r1", "/f (request r1) was interrupted: CpuTime. Its context is disposed of")]
    [InlineData("/f", "", "/f was interrupted: CpuTime. Its context is disposed of")]
    [InlineData("", "", "a script was interrupted: CpuTime. Its context is disposed of")]
    public void ContextLost_WithoutNeighbours_NamesNobodyElse(string function, string request, string expected)
    {
        _sut.ContextLost(function, request, "CpuTime", 0);

        Line.ShouldBe(expected);
    }

    [Theory]
    [InlineData(1, "; 1 other request in it is lost")]
    [InlineData(3, "; 3 other requests in it are lost")]
    public void ContextLost_WithNeighbours_CountsThem(int neighbours, string expected)
    {
        _sut.ContextLost("/f", "r1", "CpuTime", neighbours);

        Line.ShouldEndWith(expected);
    }

    [Fact]
    public void ContextLost_WhenTheHostStops_AccusesNobody()
    {
        _sut.ContextLost("/f", "", "Stopping", 0);

        _logs.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void Interrupted_Isolate_IsNamedWithItsNeighbours()
    {
        _sut.Interrupted("/f", "r1", "Timeout", "jsrun-1", 2);

        Line.ShouldBe("/f (request r1) was interrupted: Timeout. Its isolate jsrun-1 is replaced; 2 other requests on it are lost");
    }

    [Theory]
    [InlineData("TypeError: x", "TypeError: x\n    at f.js:1:2", "Uncaught error in /f (request r1): TypeError: x\n    at f.js:1:2")]
    [InlineData("x", "    at f.js:1:2", "Uncaught error in /f (request r1): x\n    at f.js:1:2")]
    [InlineData("x", "", "Uncaught error in /f (request r1): x")]
    public void Uncaught_Error_IsToldOnce(string error, string stack, string expected)
    {
        _sut.Uncaught("/f", "r1", error, stack);

        Line.ShouldBe(expected);
    }

    [Theory]
    [InlineData("r1", "r1 text")]
    [InlineData("", "text")]
    public void Console_Line_LeavesTheFunctionToTheCategory(string request, string expected)
    {
        _sut.Console(LogLevel.Information, "/f", request, "text");

        Line.ShouldBe(expected);
    }
}
