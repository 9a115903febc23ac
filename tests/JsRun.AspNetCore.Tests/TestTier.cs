namespace JsRun.AspNetCore.Tests;

/// <summary>What contexts start from: <c>JSRUN_TEST_TIER=Auto</c> runs the tests over HTTP once more from heap images.</summary>
internal static class TestTier
{
    private static readonly TimeSpan Wedge = TimeSpan.FromSeconds(30);

    public static string Name { get; } = Environment.GetEnvironmentVariable("JSRUN_TEST_TIER") ?? nameof(JsImageTier.Replay);

    /// <summary>Images that the tests of this process share with those of others: most are the same each time.</summary>
    public static string CachePath { get; } = Path.Combine(Path.GetTempPath(), $"jsrun-test-images-{Environment.UserName}");

    /// <summary>Waits until every function that can be imaged is, and the isolates from before are gone.</summary>
    public static async Task ReachedAsync(IEdgeFunctionHost host)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Name != nameof(JsImageTier.Replay) && (host.Functions.Any(IsPending) || host.GetPoolStatus().Retiring > 0))
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Wedge, string.Join(", ", host.Functions.Select(f => $"{f.Descriptor.Name}: {f.TierReason}")));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsPending(EdgeFunction function) =>
        function is { State: EdgeFunctionState.Ready, Tier: JsImageTier.Replay, TierReason: { } reason } && reason.StartsWith("Its heap image", StringComparison.Ordinal);
}
