using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests.Upstream;

/// <summary>The tests of all projects, as their sources tell: one project cannot see the others' assemblies.</summary>
internal static partial class TestSources
{
    private static readonly Lazy<(HashSet<string> Tests, HashSet<string> Traits)> All = new(Read);

    /// <summary>Such as <c>JsTests.Evaluate_Sum_IsFour</c>.</summary>
    public static IReadOnlySet<string> Tests => All.Value.Tests;

    /// <summary>The values of the trait <c>Upstream</c>.</summary>
    public static IReadOnlySet<string> Traits => All.Value.Traits;

    private static (HashSet<string> Tests, HashSet<string> Traits) Read()
    {
        HashSet<string> tests = [], traits = [];
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories);
        foreach (var file in files.Where(static f => !f.Contains("node_modules", StringComparison.Ordinal)))
        {
            var isTest = false;
            foreach (var line in File.ReadLines(file))
            {
                if (Test().IsMatch(line))
                {
                    isTest = true;
                }
                else if (isTest && Trait().Match(line) is { Success: true } trait)
                {
                    traits.Add(trait.Groups[1].Value);
                }
                else if (isTest && Method().Match(line) is { Success: true } method)
                {
                    tests.Add($"{Path.GetFileNameWithoutExtension(file)}.{method.Groups[1].Value}");
                    isTest = false;
                }
            }
        }

        return (tests, traits);
    }

    [GeneratedRegex(@"^    \[(Fact|Theory)\b")]
    private static partial Regex Test();

    [GeneratedRegex(@"^    \[Trait\(""Upstream"", ""([^""]+)""\)\]")]
    private static partial Regex Trait();

    [GeneratedRegex(@"^    public (?:async )?\S+ (\w+)\(")]
    private static partial Regex Method();
}
