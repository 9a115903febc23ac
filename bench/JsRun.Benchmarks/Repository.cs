namespace JsRun.Benchmarks;

/// <summary>The checkout that a benchmark is run in.</summary>
internal static class Repository
{
    /// <summary>The path of one of its files.</summary>
    public static string Find(string file)
    {
        var folder = new DirectoryInfo(Environment.CurrentDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "JsRun.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null ? throw new InvalidOperationException("Run this from within the repository.") : Path.Combine(folder.FullName, file);
    }
}
