namespace JsRun.Hosting.Tests;

/// <summary>The threads of isolates, as the kernel knows them: their names have 15 characters at most. On Linux only.</summary>
internal static class IsolateThreads
{
    /// <summary>Those whose names begin so, each by its folder in <c>/proc</c>.</summary>
    public static string[] Named(string prefix) => [.. Directory.EnumerateDirectories("/proc/self/task").Where(thread => (Read(thread, "comm") ?? "").StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>What a file of the thread's folder says; <see langword="null"/> where the thread has just ended.</summary>
    public static string? Read(string thread, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, file));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
