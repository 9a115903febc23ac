using System.Globalization;
using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests.Engine.Crossing;

/// <summary>An enum of the TypeScript half.</summary>
/// <param name="File">Its file, below <c>JavaScript/src</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Comment">The comment before it, or an empty text.</param>
/// <param name="Members">Its members with their values, which are numbers or, as text, whatever else they are.</param>
internal sealed partial record ScriptEnum(string File, string Name, string Comment, IReadOnlyDictionary<string, object> Members)
{
    /// <summary>The mark, in an enum's comment, of one that C# does not have.</summary>
    public const string JavaScriptsAlone = "JavaScript's alone";

    private static readonly string Folder = Path.Combine(Repository.Root, "src/JsRun.Hosting/JavaScript/src");

    /// <summary>All enums, declared in whatever way.</summary>
    public static IReadOnlyList<ScriptEnum> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.ts", SearchOption.AllDirectories)
            .SelectMany(f => EnumPattern().Matches(System.IO.File.ReadAllText(f)).Select(m => Read(Path.GetRelativePath(Folder, f).Replace('\\', '/'), m)))
            .OrderBy(e => e.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Whether the comment says that C# does not have it.</summary>
    public bool IsJavaScriptsAlone => Comment.Contains(JavaScriptsAlone, StringComparison.Ordinal);

    /// <summary>The name of the enum in C#: the one after "In C#:" in the comment, or its own.</summary>
    public string CSharpName => CSharpPattern().Match(Comment) is { Success: true } match ? match.Groups[1].Value : Name;

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Name}";

    private static ScriptEnum Read(string file, Match match)
    {
        var members = new Dictionary<string, object>();
        var next = 0;
        foreach (Match member in MemberPattern().Matches(CommentPattern().Replace(match.Groups["body"].Value, "")))
        {
            var value = member.Groups["value"];
            object read = !value.Success ? next : int.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : value.Value;
            next = read is int n ? n + 1 : next;
            members.Add(member.Groups["name"].Value, read);
        }

        return new ScriptEnum(file, match.Groups["name"].Value, match.Groups["comment"].Value, members);
    }

    [GeneratedRegex(@"(?:/\*\*(?<comment>(?:(?!\*/).)*)\*/\s*)?(?:export |declare |const )*\benum (?<name>\w+) \{(?<body>.*?)\}\s*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex EnumPattern();

    [GeneratedRegex(@"In C#: ([\w.]*\w)")]
    private static partial Regex CSharpPattern();

    [GeneratedRegex(@"(?<name>\w+)(?: = (?<value>'(?:\\.|[^'\\])*'|[^,]+?))?\s*(?:,|$)")]
    private static partial Regex MemberPattern();

    [GeneratedRegex(@"/\*\*.*?\*/|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex CommentPattern();
}
