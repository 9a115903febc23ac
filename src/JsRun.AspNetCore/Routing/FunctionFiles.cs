using System.IO.Enumeration;

namespace JsRun.AspNetCore.Routing;

/// <summary>Finds the files of a folder that are functions.</summary>
internal static class FunctionFiles
{
    private static readonly string[] Extensions = [".js", ".mjs", ".ts", ".jsx", ".tsx", .. EdgeRouteParser.Unsupported];

    /// <summary>Lists the files, relative with forward slashes, in ordinal order.</summary>
    public static List<string> List(string root)
    {
        var files = new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsFunctionName(entry.FileName),
            // A linked folder could lead outside, or round in circles.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => IsRoutedFolder(entry.FileName) && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        var list = new List<string>();
        foreach (var file in files)
        {
            list.Add(Path.GetRelativePath(root, file).Replace('\\', '/'));
        }

        list.Sort(StringComparer.Ordinal);
        return list;
    }

    public static bool IsFunctionName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name[0] is '_' or '.' || name.Contains(".test.", StringComparison.Ordinal) || name.EndsWith(".d.ts", StringComparison.Ordinal))
        {
            return false;
        }

        var extension = Path.GetExtension(name);
        foreach (var known in Extensions)
        {
            if (extension.Equals(known, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsRoutedFolder(ReadOnlySpan<char> name) => name[0] is not ('_' or '.') && name is not "node_modules";
}
