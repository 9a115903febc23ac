using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace JsRun.Hosting.Tests.Architecture;

/// <summary>Which types of JsRun.Hosting lie in which folder, and which use which: read from the compiled assembly, method bodies included.</summary>
internal static partial class HostingTypes
{
    private static readonly Lazy<Dictionary<string, string>> LazyFolders = new(ReadFolders);
    private static readonly Lazy<(string From, string To)[]> LazyUses = new(ReadUses);

    /// <summary>The folder of each type below src/JsRun.Hosting, by its full name without type parameters.</summary>
    public static IReadOnlyDictionary<string, string> Folders => LazyFolders.Value;

    /// <summary>Types that use types, by their full names; what is nested counts as the type around it.</summary>
    public static IReadOnlyList<(string From, string To)> Uses => LazyUses.Value;

    /// <summary>The folder of the product's sources.</summary>
    public static string Root { get; } = Path.Combine(Repository.Root, "src", "JsRun.Hosting");

    /// <summary>All C# files of the product, as paths below <see cref="Root"/>.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(static file => !file.StartsWith("JavaScript/", StringComparison.Ordinal));

    private static Dictionary<string, string> ReadFolders()
    {
        var folders = new Dictionary<string, string>();
        foreach (var file in Files)
        {
            var text = File.ReadAllText(Path.Combine(Root, file));
            foreach (Match type in DeclaredType().Matches(text))
            {
                folders[$"{Namespace().Match(text).Groups["name"].Value}.{type.Groups["name"].Value}"] = Path.GetDirectoryName(file)!.Replace('\\', '/');
            }
        }

        return folders;
    }

    private static (string From, string To)[] ReadUses()
    {
        var architecture = new ArchLoader().LoadAssembly(typeof(IJsRuntime).Assembly).Build();
        return [.. architecture.Types
            .SelectMany(static type => type.Dependencies.Select(used => (From: OuterName(type), To: OuterName(used.Target))))
            .Where(static use => use.From != use.To && Folders.ContainsKey(use.From) && Folders.ContainsKey(use.To))
            .Distinct()];
    }

    private static string OuterName(IType type) => OuterType().Match(type.FullName).Value;

    [GeneratedRegex(@"^(?:public|internal)\s[^/={;(]*?\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)|^(?:public|internal)\s+delegate\s[^(;]*?\b(?<name>[A-Z]\w*)\s*(?:<[^>(]*>)?\(", RegexOptions.Multiline)]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // Of JsRun.Engine.Contexts.V8Context+Nested`1 all before the plus.
    [GeneratedRegex(@"^[\w.]+")]
    private static partial Regex OuterType();
}
