namespace JsRun.Cli.Testing;

/// <summary>The scripts and declarations that are embedded in the command line.</summary>
internal static class EmbeddedScripts
{
    private const string Prefix = "JsRun.Cli.";
    private const string Types = Prefix + "types/";

    /// <summary>Gets the module <c>jsrun:test</c>.</summary>
    public static string Testing => Read(Prefix + "testing.js");

    /// <summary>Gets the script that the prompt evaluates first.</summary>
    public static string Repl => Read(Prefix + "repl.js");

    /// <summary>Gets the declarations of <c>@jsrun/types</c> by their paths.</summary>
    public static IEnumerable<(string Path, string Text)> Declarations =>
        typeof(EmbeddedScripts).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Types, StringComparison.Ordinal)).Select(name => (name[Types.Length..], Read(name)));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedScripts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
