using System.Text.RegularExpressions;

namespace JsRun.Cli.Testing;

/// <summary>Finds test files: <c>*.test.ts</c>, also <c>.tsx</c>, <c>.js</c>, <c>.jsx</c> and <c>.mjs</c>.</summary>
internal static partial class TestFiles
{
    /// <summary>Lists the test files of a folder, relative with forward slashes, in ordinal order. What lies in <c>node_modules</c>, <c>bin</c>, <c>obj</c>, and folders whose names begin with a dot, is left out.</summary>
    public static IReadOnlyList<string> Find(string root)
    {
        var files = new List<string>();
        Add(root, "", files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    public static bool IsTest(string name) => Name().IsMatch(name);

    /// <summary>Returns whether tests may depend on a file or folder of that name.</summary>
    public static bool IsRelevantFolder(string name) => !name.StartsWith('.') && name is not ("node_modules" or "bin" or "obj");

    private static void Add(string folder, string prefix, List<string> files)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is FileInfo)
            {
                if (IsTest(entry.Name))
                {
                    files.Add(prefix + entry.Name);
                }
            }
            else if (IsRelevantFolder(entry.Name) && (entry.Attributes & FileAttributes.ReparsePoint) == 0)
            {
                // A linked folder could lead outside, or round in circles.
                Add(entry.FullName, $"{prefix}{entry.Name}/", files);
            }
        }
    }

    [GeneratedRegex(@"^[^.].*\.test\.(?:tsx?|jsx?|mjs)$")]
    private static partial Regex Name();
}
