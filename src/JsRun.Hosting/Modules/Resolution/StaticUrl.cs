namespace JsRun.Modules.Resolution;

/// <summary>The URLs of static modules, which have names and no place: <c>jsrun://static/</c> and the name.</summary>
internal static class StaticUrl
{
    /// <summary>Also what relative specifiers of the host are relative to.</summary>
    public const string Base = "jsrun://static/";

    private const string Scheme = "static:";

    /// <summary>The URL of a name. Names that a URL would rewrite keep a URL of their own.</summary>
    public static string Of(string name)
    {
        var url = SpecifierUrl.Resolve("./" + name.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal), Base)!;
        return Uri.UnescapeDataString(url[Base.Length..]) == name ? url : Base + Uri.EscapeDataString(name);
    }

    /// <summary>The URL that <c>static:name</c> stands for.</summary>
    public static string? FromScheme(string specifier) => specifier.StartsWith(Scheme, StringComparison.Ordinal) && specifier.Length > Scheme.Length ? Of(specifier[Scheme.Length..]) : null;
}
