namespace JsRun.Functions;

/// <summary>What the newest deployment of a function came to. Immutable.</summary>
/// <param name="State">Whether it answers.</param>
/// <param name="Error">Why the newest version does not serve.</param>
/// <param name="Files">What was read.</param>
/// <param name="MayPass">Whether the function may not be at fault: the same version is tried again.</param>
internal sealed record FunctionStatus(EdgeFunctionState State, string? Error, IReadOnlyList<string> Files, bool MayPass = false)
{
    /// <summary>Its first deployment has not ended.</summary>
    public static FunctionStatus Deploying { get; } = new(EdgeFunctionState.Failed, "It is being deployed: its top level has not ended.", []);

    public static FunctionStatus Removed { get; } = new(EdgeFunctionState.Removed, null, []);

    /// <summary>It was evaluated and handles no requests: a library, unless it seems to be meant to handle some.</summary>
    public static FunctionStatus Library(EdgeFunctionDefinition definition, string file, IReadOnlyList<string> files) =>
        new(EdgeFunctionState.Library, definition.Mistake.Length > 0 ? $"'{file}' serves nothing: {definition.Mistake}" : null, files);
}
