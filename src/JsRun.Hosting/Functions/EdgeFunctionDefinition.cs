using JsRun.Engine.Contexts;
using JsRun.Engine.Scripts;

namespace JsRun.Functions;

/// <summary>One deployed version of a function: immutable, shared by all isolates. The generation's number goes up with every version that served.</summary>
internal sealed record EdgeFunctionDefinition(
    string Name,
    int Generation,
    string Hash,
    ScriptGraph Graph,
    ContextOptions Context,
    JsIsolation Isolation,
    JsRunLimitsOptions Limits)
{
    private volatile bool _retired;

    /// <summary>Gets whether a newer one, or none, has taken its place: no contexts are made in advance any more.</summary>
    public bool IsRetired => _retired;

    /// <summary>The reason for which it handles no requests although it seems to be meant to, once it was evaluated; otherwise nothing.</summary>
    public string Mistake { get; set; } = "";

    public void Retire() => _retired = true;
}
