namespace JsRun.Benchmarks;

/// <summary>The sample's page: React's server renderer, a component and one that is suspended, as esbuild bundled them when the sample was built. Without the pause that the sample makes for show.</summary>
internal static class ReactFunction
{
    private const string Pause = "await pause(200);";

    public static string Source()
    {
        var source = File.ReadAllText(Repository.Find("samples/EdgeFunctions/functions/react.mjs"));
        return source.Contains(Pause, StringComparison.Ordinal)
            ? source.Replace(Pause, "await null;", StringComparison.Ordinal)
            : throw new InvalidOperationException("The sample's React page no longer pauses as this lane expects.");
    }
}
