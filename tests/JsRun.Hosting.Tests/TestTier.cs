namespace JsRun.Hosting.Tests;

/// <summary>What contexts start from in tests that do not say: <c>JSRUN_TEST_TIER=Auto</c> runs them all from heap images, where they are possible.</summary>
internal static class TestTier
{
    public static JsImageMode Value { get; } = Enum.TryParse<JsImageMode>(Environment.GetEnvironmentVariable("JSRUN_TEST_TIER"), out var tier) ? tier : JsImageMode.Replay;

    /// <summary>Images that the tests of this process share with those of others: most are the same each time.</summary>
    public static string CachePath { get; } = Path.Combine(Path.GetTempPath(), $"jsrun-test-images-{Environment.UserName}");
}
