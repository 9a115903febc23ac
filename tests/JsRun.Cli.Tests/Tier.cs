using System.Runtime.CompilerServices;

namespace JsRun.Cli.Tests;

/// <summary>The commands run in this process, many at a time: none of them is to start workers.</summary>
internal static class Tier
{
    [ModuleInitializer]
    internal static void UseReplay() => Environment.SetEnvironmentVariable("JsRun__Images__Tier", nameof(JsImageTier.Replay));
}
