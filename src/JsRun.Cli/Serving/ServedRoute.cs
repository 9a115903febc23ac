namespace JsRun.Cli.Serving;

/// <summary>A function as <c>jsrun serve</c> lists it.</summary>
internal sealed record ServedRoute(string Route, string File, string State, string? Error);
