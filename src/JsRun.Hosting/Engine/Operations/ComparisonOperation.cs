using JsRun.Engine.Contexts;

namespace JsRun.Engine.Operations;

/// <summary>Asks a watched context for what scripts have changed of its built-ins.</summary>
/// <param name="name">The function whose scripts have run in it.</param>
internal sealed class ComparisonOperation(string name) : Operation
{
    public override string Name { get; } = name;

    /// <summary>What has changed; <see langword="null"/> if the context did not answer.</summary>
    public BuiltinChanges? Changes { get; set; }

    public override void Fail(Exception exception) => Changes = null;
}
