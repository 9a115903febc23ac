namespace JsRun;

/// <summary>In the metadata of an endpoint that a function serves.</summary>
/// <param name="function">The function.</param>
public sealed class EdgeFunctionMetadata(EdgeFunction function)
{
    /// <summary>The function: its definition, generation and counters.</summary>
    public EdgeFunction Function { get; } = function;

    /// <inheritdoc/>
    public override string ToString() => $"JsRun function: {Function.Descriptor.File}";
}
