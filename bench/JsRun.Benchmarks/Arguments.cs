using System.Globalization;

namespace JsRun.Benchmarks;

/// <summary>Options of the commands that are no benchmarks of BenchmarkDotNet.</summary>
internal static class Arguments
{
    public static int Option(string[] args, string name, int fallback) => Option(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

    public static string? Option(string[] args, string name) => args.SkipWhile(a => a != name).Skip(1).FirstOrDefault();
}
