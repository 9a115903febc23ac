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

    /// <summary>Gets whether each request has a fresh instance of its modules in a hardened context, and not a context of its own.</summary>
    public bool IsHardened { get; init; }

    /// <summary>The reason for which it is not, if that was asked for, or would have been cheaper.</summary>
    public string? NotHardened { get; init; }

    /// <summary>What decides whether another definition of the same version takes its place, once it serves; <see langword="null"/> if none ever does.</summary>
    public HardeningTrial? Trial { get; set; }

    /// <summary>Gets whether its contexts come from the image of its group, as soon as there is one.</summary>
    public bool UsesImages => !IsHardened && !Context.IsWatched;

    /// <summary>Gets whether requests that know nothing of each other run in one context of it.</summary>
    public bool SharesContext => IsHardened || Isolation == JsIsolation.Shared;

    /// <summary>Gets whether a newer one, or none, has taken its place: no contexts are made in advance any more.</summary>
    public bool IsRetired => _retired;

    /// <summary>The reason for which it handles no requests although it seems to be meant to, once it was evaluated; otherwise nothing.</summary>
    public string Mistake { get; set; } = "";

    public void Retire() => _retired = true;
}
