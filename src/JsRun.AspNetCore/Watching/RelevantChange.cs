namespace JsRun.AspNetCore.Watching;

/// <summary>Whether a change may concern a function: not every database or log file beneath the root does.</summary>
internal static class RelevantChange
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx", ".json", ".txt", ".wasm" };

    /// <param name="path">What changed, absolute.</param>
    /// <param name="root">The folder.</param>
    public static bool Matches(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path).AsSpan();
        if (relative is ".git" || relative.StartsWith(".git" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return false;
        }

        // A folder's name has no extension as a rule; one that has may be there to be asked.
        var extension = Path.GetExtension(path);
        return extension.Length == 0 || Extensions.Contains(extension) || Directory.Exists(path);
    }
}
