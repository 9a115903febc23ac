using System.Text.Json;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

/// <summary>What a probe says.</summary>
/// <param name="Report">Its measures, as <c>/_jsrun</c> would show them.</param>
/// <param name="Attacks">For each attack the error, or 0 if it succeeded.</param>
/// <param name="Work">What the scripts came to.</param>
/// <param name="Status">Lines of <c>/proc/self/status</c>.</param>
internal sealed record ProbeResult(Dictionary<string, JsonElement> Report, Dictionary<string, int> Attacks, string Work, IReadOnlyList<string> Status)
{
    /// <summary>Gets what came back over its socket.</summary>
    public string Echo { get; init; } = "";

    /// <summary>Gets the exit code.</summary>
    public int ExitCode { get; init; } = -1;
}
