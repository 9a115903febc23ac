using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>The words with a meaning that only the authors of the code know: one list for names, one for texts, in which the ordinary words among them are allowed.</summary>
internal static partial class PrivateWords
{
    /// <summary>Returns whether a word of a name, in lower case, is one of them.</summary>
    public static bool IsInName(string word) => Name().IsMatch(word);

    /// <summary>Returns whether a text contains one of those that have no ordinary meaning in it.</summary>
    public static bool IsInText(string text) => Text().IsMatch(text);

    [GeneratedRegex("^(?:looks?|blamed?|blames|forgives?|forgiven|cuts?|sheds?|doom(?:s|ed)?|refuges?|limbo|beneath|wears?|worn|culprits?)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(?:blam(?:e|es|ed|ing)|forg(?:ive|ives|iven|ave)|doom(?:s|ed)?|refuges?|limbo|culprits?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Text();
}
