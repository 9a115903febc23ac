namespace JsRun.Functions;

/// <summary>What the newest deployment of a function came to. Immutable.</summary>
internal sealed record FunctionStatus(EdgeFunctionState State, string? Error, IReadOnlyList<string> Files)
{
    public static FunctionStatus None { get; } = new(EdgeFunctionState.Failed, null, []);

    public static FunctionStatus Removed { get; } = new(EdgeFunctionState.Removed, null, []);
}
