using System.Text.Json.Serialization;

namespace JsRun.Cli.Testing;

/// <summary>What the module <c>jsrun:test</c> reports.</summary>
internal sealed class TestReport
{
    /// <summary><c>begin</c> or <c>end</c>.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Of a beginning: how long it may take, in milliseconds.</summary>
    public double Timeout { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<TestOutcome>))]
    public TestOutcome Outcome { get; init; }

    public double Milliseconds { get; init; }

    public string? Error { get; init; }
}
