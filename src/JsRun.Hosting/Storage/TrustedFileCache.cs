namespace JsRun.Storage;

/// <summary>
/// Files that are code, for the processes to come and for those beside this one, in a folder that only the user may write to. Nothing here is ever fatal: what is broken or gone is made anew, and what cannot be
/// written is not there the next time. Thread-safe, across processes too: files appear whole, by renaming.
/// </summary>
/// <param name="folders">The folder of the files, after those above it that must be the user's own, too; none if there is no place for files.</param>
/// <param name="maxBytes">The maximum size of all files together; those that were not used for longest go.</param>
/// <param name="time">The clock that tells the age of files.</param>
/// <param name="failed">Told of a path that could not be used, and why.</param>
internal sealed class TrustedFileCache(IReadOnlyList<string> folders, long maxBytes, TimeProvider time, Action<string, string> failed)
{
    private const string TemporaryExtension = ".part";
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    private int _writes;

    /// <summary>Makes a file that does not exist, for tests of disks that are full.</summary>
    public Func<string, Stream>? Create { get; init; }

    /// <summary>Gets whether a file is on the disk before it has its name: for those that take long to make.</summary>
    public bool Flushes { get; init; }

    /// <summary>How exactly the time of a file's last use is kept.</summary>
    public TimeSpan TouchesEvery { get; init; }

    /// <summary>The number of writes after which the folder is listed for what has to go.</summary>
    public int TidiesEvery { get; init; } = 1;

    private string? Folder => folders.Count == 0 ? null : folders[^1];

    /// <summary>Makes the folders where they are not there, and looks whose they are.</summary>
    /// <returns>What is wrong with them, or <see langword="null"/>.</returns>
    public static string? Open(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
        {
            if (ImageCacheFolder.Open(folder) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Reads a file if there is one, which then counts as used.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    /// <param name="name">The file's name.</param>
    /// <param name="parse">Reads its path and bytes; <see langword="null"/> for a file that is broken or another's, which is deleted.</param>
    public T? Load<T>(string name, Func<string, byte[], T?> parse)
        where T : class
    {
        if (PathOf(name) is not { } path)
        {
            return null;
        }

        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            if (parse(path, File.ReadAllBytes(path)) is not { } read)
            {
                Delete(path);
                return null;
            }

            Touch(path);
            return read;
        }
        catch (Exception e) when (IsFailure(e) || e is FormatException or ArgumentException)
        {
            failed(path, e.Message);
            return null;
        }
    }

    /// <summary>Writes a file in the place of any that has its name.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="tidies">Whether older files may have to go for it.</param>
    public void Save(string name, byte[] bytes, bool tidies = true)
    {
        if (PathOf(name) is not { } path)
        {
            return;
        }

        var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            // They may have been deleted while the application ran.
            if (Open(folders) is { } error)
            {
                failed(path, error);
                return;
            }

            using (var file = Create?.Invoke(temporary) ?? new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                if (Flushes)
                {
                    (file as FileStream)?.Flush(flushToDisk: true);
                }
            }

            File.Move(temporary, path, overwrite: true);
            if (tidies && (Interlocked.Increment(ref _writes) - 1) % TidiesEvery == 0)
            {
                Tidy(path);
            }
        }
        catch (Exception e) when (IsFailure(e))
        {
            failed(path, e.Message);
            Delete(temporary);
        }
    }

    private static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsFailure(e))
        {
            // Another process was quicker, or it stays.
        }
    }

    private string? PathOf(string name) => Folder is { } folder ? Path.Combine(folder, name) : null;

    // When it was used last, for the one who tidies up.
    private void Touch(string path)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (TouchesEvery == TimeSpan.Zero || now - File.GetLastWriteTimeUtc(path) > TouchesEvery)
        {
            File.SetLastWriteTimeUtc(path, now);
        }
    }

    private void Tidy(string keep)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var total = 0L;
        foreach (var file in new DirectoryInfo(Folder!).GetFiles().OrderByDescending(f => f.FullName == keep).ThenByDescending(f => f.LastWriteTimeUtc))
        {
            if (file.Extension == TemporaryExtension)
            {
                if (now - file.LastWriteTimeUtc > LeftBehind)
                {
                    Delete(file.FullName);
                }

                continue;
            }

            total += file.Length;
            if (total > maxBytes && file.FullName != keep)
            {
                Delete(file.FullName);
            }
        }
    }
}
