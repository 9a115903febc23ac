namespace JsRun.Storage;

/// <summary>The place of a file once every symbolic link on the way, not only the last, has been followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Resolves a path that exists.</summary>
    /// <exception cref="IOException">The links lead in a circle, or a part of the path is gone.</exception>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            var followed = FollowFirstLink(full);
            if (followed is null)
            {
                return Path.TrimEndingDirectorySeparator(full);
            }

            full = followed;
        }

        throw new IOException($"The symbolic links of '{path}' lead in a circle.");
    }

    /// <summary>Returns whether a resolved path is the folder itself or lies in it.</summary>
    public static bool IsWithin(string folder, string path)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path == folder || path.StartsWith(prefix, StringComparison.Ordinal);
    }

    private static string? FollowFirstLink(string full)
    {
        var start = Path.GetPathRoot(full)!.Length;
        while (start < full.Length)
        {
            var end = full.IndexOf(Path.DirectorySeparatorChar, start);
            end = end < 0 ? full.Length : end;
            var part = new FileInfo(full[..end]);
            if (part.LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine(part.DirectoryName!, target) + full[end..]);
            }

            start = end + 1;
        }

        return null;
    }
}
