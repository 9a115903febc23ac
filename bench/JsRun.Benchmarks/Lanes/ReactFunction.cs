using System.Globalization;

namespace JsRun.Benchmarks;

/// <summary>The sample's page: React's server renderer, a component and one that is suspended, as esbuild bundled them when the sample was built. Without the pause that the sample makes for show.</summary>
internal static class ReactFunction
{
    private const string Pause = "await pause(200);";
    private const string Exported = "export {\n  react_default as default\n};";

    public static string Source()
    {
        var source = File.ReadAllText(Repository.Find("samples/EdgeFunctions/functions/react.mjs"));
        return Replace(source, Pause, "await null;");
    }

    /// <summary>A request renders the page several times in its context: what the second time takes is the price of a page, what the first takes beyond that the price of a context that has never run React.</summary>
    public static string Source(int times) => Replace(Source(), Exported, string.Create(CultureInfo.InvariantCulture, $$"""
        export default {
            async fetch(request) {
                for (let i = 1; i < {{times}}; i++)
                    await (await react_default.fetch(request)).text();
                return react_default.fetch(request);
            }
        };
        """));

    private static string Replace(string source, string what, string with) => source.Contains(what, StringComparison.Ordinal)
        ? source.Replace(what, with, StringComparison.Ordinal)
        : throw new InvalidOperationException($"The sample's React page no longer has '{what}', as this lane expects.");
}
