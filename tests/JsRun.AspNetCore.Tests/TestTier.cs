using JsRun.AspNetCore.Tests.Fakes;

namespace JsRun.AspNetCore.Tests;

/// <summary>What contexts start from: <c>JSRUN_TEST_TIER=Heap</c> runs the tests over HTTP once more, from heap images.</summary>
internal static class TestTier
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("JSRUN_TEST_TIER") ?? nameof(JsImageTier.Replay);

    /// <summary>Images that the tests of this process share with those of others: most are the same each time.</summary>
    public static string CachePath { get; } = Path.Combine(Path.GetTempPath(), $"jsrun-test-images-{Environment.UserName}");

    /// <summary>The tier of an app with these settings. Without the native layer there are no heap images, and to ask for them would stop the start.</summary>
    public static string For((string Key, string Value)[] settings) => settings.Contains(("Engine:Native", nameof(JsNativeMode.Off))) ? nameof(JsImageTier.Replay) : Name;

    /// <summary>Waits until every function that can be imaged is, and the isolates from before take no more requests: the log tells each time that an image is in use.</summary>
    public static Task ReachedAsync(IEdgeFunctionHost host, LogCollector log) => log.WaitForAsync(_ => !host.Functions.Any(IsPending));

    private static bool IsPending(EdgeFunction function) =>
        function is { State: EdgeFunctionState.Ready, Tier: JsImageTier.Replay, TierReason: { } reason } && reason.StartsWith("Its heap image", StringComparison.Ordinal);
}
