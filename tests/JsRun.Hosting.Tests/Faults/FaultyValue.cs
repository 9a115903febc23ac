namespace JsRun.Hosting.Tests.Faults;

/// <summary>What the converter is for.</summary>
public sealed record FaultyValue(int Number);
