using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Functions;

namespace JsRun.AspNetCore.Tests;

/// <summary>What contexts start from: <c>JSRUN_TEST_TIER=Heap</c> runs the tests over HTTP once more, from heap images, and <c>JSRUN_TEST_TIER=Hardened</c> with instances of hardened contexts.</summary>
internal static class TestTier
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("JSRUN_TEST_TIER") ?? nameof(JsImageTier.Replay);

    /// <summary>Where isolates live: <c>JSRUN_TEST_PLACEMENT=OutOfProcess</c> runs the tests over HTTP in worker processes.</summary>
    public static string Placement { get; } = Environment.GetEnvironmentVariable("JSRUN_TEST_PLACEMENT") ?? nameof(JsPlacement.InProcess);

    /// <summary>Images that the tests of this process share with those of others: most are the same each time.</summary>
    public static string CachePath { get; } = Path.Combine(Path.GetTempPath(), $"jsrun-test-images-{Environment.UserName}");

    /// <summary>The tier of an app with these settings. Without the native layer there are no heap images, and to ask for them would stop the start.</summary>
    public static string For((string Key, string Value)[] settings) => settings.Contains(("Engine:Native", nameof(JsNativeMode.Off))) ? nameof(JsImageTier.Replay)
        // Its functions have contexts of their own, or one for all.
        : Name == nameof(JsImageTier.Hardened) && settings.Any(static s => s is { Key: "Isolation", Value: nameof(JsIsolation.Shared) } or { Key: "Surface", Value: nameof(JsSurface.Full) }) ? nameof(JsImageTier.Heap)
        : Name;

    /// <summary>
    /// Waits until every function that can be imaged is, and the isolates from before take no more requests: the log tells each time that an image is in use. Then every function that
    /// serves has to have reached the tier, or tests that are meant to run from heap images would run, and pass, without.
    /// </summary>
    /// <param name="host">The functions.</param>
    /// <param name="log">What the host logs.</param>
    /// <param name="tier">What was asked for.</param>
    /// <param name="replayed">Functions that are in no image, by their file: a part of the reason.</param>
    public static async Task ReachedAsync(IEdgeFunctionHost host, LogCollector log, string tier, IReadOnlyDictionary<string, string>? replayed = null)
    {
        await log.WaitForAsync(_ => !host.Functions.Any(IsPending));
        if (Enum.TryParse<JsImageTier>(tier, out var expected))
        {
            foreach (var function in host.Functions.Where(f => f.State == EdgeFunctionState.Ready))
            {
                if (expected == JsImageTier.Hardened && function.TierReason?.StartsWith("It cannot be served from a hardened context: its top level changes ", StringComparison.Ordinal) == true)
                {
                    continue;
                }

                var exception = expected == JsImageTier.Heap ? replayed?.GetValueOrDefault(function.Descriptor.File) : null;
                function.Tier.ShouldBe(exception is null ? expected : JsImageTier.Replay, $"{function.Descriptor.File}: {function.TierReason}");
                (function.TierReason ?? "").ShouldContain(exception ?? "");
            }
        }
    }

    private static bool IsPending(EdgeFunction function) =>
        function is { State: EdgeFunctionState.Ready, Tier: JsImageTier.Replay, TierReason: { } reason } && reason.StartsWith("Its heap image", StringComparison.Ordinal);
}
