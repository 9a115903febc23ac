using JsRun.Permissions;
using JsRun.Scheduling;

namespace JsRun.WebApi.Fetch;

/// <summary>On whose behalf a connection is made.</summary>
/// <param name="Permissions">What it may reach.</param>
/// <param name="Group">The pool group; empty for the default one and for embedders' runtimes.</param>
/// <param name="Lookups">Where names are looked up for it.</param>
internal sealed record FetchCaller(PermissionSet Permissions, string Group, WorkLane Lookups)
{
    /// <summary>A caller without permissions.</summary>
    public static FetchCaller Nobody { get; } = new(PermissionSet.None, "", new WorkLane(1));

    /// <summary>Connections are shared within it and never beyond: neither what one may reach nor what it waits for concerns another.</summary>
    public string ConnectionKey => $"{Group} {Permissions.NetKey}";
}
