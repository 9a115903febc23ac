namespace JsRun.Functions;

/// <summary>What the newest deployment of a function came to. Immutable.</summary>
internal sealed record FunctionStatus(EdgeFunctionState State, string? Error, IReadOnlyList<string> Files)
{
    public static FunctionStatus None { get; } = new(EdgeFunctionState.Failed, null, []);

    public static FunctionStatus Removed { get; } = new(EdgeFunctionState.Removed, null, []);

    /// <summary>It was evaluated and handles no requests: a library, unless it looks as if it were to handle some.</summary>
    public static FunctionStatus Library(EdgeFunctionDefinition definition, string file, IReadOnlyList<string> files) =>
        new(EdgeFunctionState.Library, definition.Mistake.Length > 0 ? $"'{file}' serves nothing: {definition.Mistake}" : null, files);
}
