namespace JsRun.Workers.Sandbox;

/// <summary>One measure of the sandbox.</summary>
/// <param name="Name">What <c>/_jsrun</c> calls it.</param>
/// <param name="IsApplied">Whether it is in force; of a host that has not started a worker, whether it would be.</param>
/// <param name="Detail">Of an applied measure, its extent, or <see langword="null"/>; otherwise the reason why it is missing.</param>
internal sealed record SandboxMeasure(string Name, bool IsApplied, string? Detail = null);
