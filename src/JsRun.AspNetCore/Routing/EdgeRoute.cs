namespace JsRun.AspNetCore.Routing;

/// <summary>What a file's name says about its route.</summary>
/// <param name="File">The file, relative to the folder, with forward slashes.</param>
/// <param name="Template">The route template, such as <c>/users/{id}</c>.</param>
/// <param name="Key">Equal for templates that match the same paths: parameters without their names, literals in upper case.</param>
internal sealed record EdgeRoute(string File, string Template, string Key)
{
    /// <summary>The same file served under a prefix: without a slash at its end.</summary>
    public EdgeRoute Under(string prefix) => prefix.Length == 0 ? this : this with { Template = Template == "/" ? prefix : prefix + Template };
}
