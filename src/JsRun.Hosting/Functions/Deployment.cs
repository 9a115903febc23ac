using JsRun.Groups;

namespace JsRun.Functions;

/// <summary>One attempt to deploy a function.</summary>
/// <param name="Descriptor">What to deploy.</param>
/// <param name="Group">Where.</param>
/// <param name="Serving">The version that serves meanwhile.</param>
/// <param name="Before">What the deployment before this one came to.</param>
/// <param name="Entered">Called when the top level has run as far as it can without waiting for anything.</param>
internal sealed record Deployment(EdgeFunctionDescriptor Descriptor, PoolGroup Group, EdgeFunctionDefinition? Serving, FunctionStatus Before, Action Entered)
{
    /// <summary>Called when the top level has ended, and what follows does not wait for it.</summary>
    public Action Evaluated { get; init; } = static () => { };
}
