using JsRun.Modules.Sources;
using JsRun.Storage;

namespace JsRun.Modules.Resolution;

/// <summary>Explains why there is no such file, and guesses which one was meant.</summary>
internal sealed class MissingModule(string root)
{
    public string Explain(string full, string specifier, string referrerPath)
    {
        var isFolder = Directory.Exists(full);
        var problem = isFolder ? $"'{specifier}' is a folder: a specifier names one file." : $"'{specifier}' does not exist: there is no file '{Relative(full)}'.";
        var guess = Candidates(full, isFolder).FirstOrDefault(IsFileWithin);
        if (guess is null)
        {
            return problem;
        }

        var hint = referrerPath.Length == 0 ? Relative(guess) : AsSpecifier(guess, referrerPath);
        return $"{problem} Did you mean '{hint}'?{(isFolder || Path.GetExtension(full).Length > 0 ? "" : " Extensions are not guessed.")}";
    }

    private static IEnumerable<string> Candidates(string full, bool isFolder)
    {
        var extensions = ModuleFormat.CodeExtensions;
        if (isFolder)
        {
            return extensions.Select(extension => Path.Combine(full, "index" + extension));
        }

        // "./x" for "./x.ts", "./x.js" for "./x.ts" as TypeScript's own resolution has it, "./x" for "./x.json"; then another case.
        return extensions.Select(extension => full + extension)
            .Concat(extensions.Select(extension => Path.ChangeExtension(full, extension)))
            .Append(full + ".json")
            .Concat(SameButForCase(full));
    }

    private static IEnumerable<string> SameButForCase(string full)
    {
        var folder = Path.GetDirectoryName(full);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(file => string.Equals(file, full, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>A guess must not tell what there is outside of the root.</summary>
    private bool IsFileWithin(string path) => File.Exists(path) && RealPath.IsWithin(root, RealPath.Resolve(path));

    private string Relative(string full) => Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/');

    private string AsSpecifier(string full, string referrerPath)
    {
        var folder = Path.Combine(root, Path.GetDirectoryName(referrerPath) ?? "");
        var relative = Path.GetRelativePath(folder, full).Replace(Path.DirectorySeparatorChar, '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? relative : "./" + relative;
    }
}
