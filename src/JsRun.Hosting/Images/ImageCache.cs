using JsRun.Engine.Isolates;
using JsRun.Storage;
using Microsoft.Extensions.Logging;

namespace JsRun.Images;

/// <summary>
/// Images on disk, for the processes to come and for those beside this one. Nothing here is ever fatal: what is broken, foreign or gone is built anew, and what cannot be written is
/// not there the next time. Thread-safe, across processes too: files appear whole, by renaming.
/// </summary>
/// <param name="folder">The folder, or <see langword="null"/> where there is none.</param>
/// <param name="maxBytes">What all images may take; those that were not used for longest go.</param>
/// <param name="time">The clock that tells the age of what was left behind.</param>
/// <param name="logger">The log.</param>
/// <param name="create">Makes a file that does not exist, for tests of disks that are full.</param>
internal sealed class ImageCache(string? folder, long maxBytes, TimeProvider time, ILogger logger, Func<string, Stream>? create = null)
{
    private const string Extension = ".image";
    private const string TemporaryExtension = ".part";
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    /// <summary>The image of that key, if there is a whole one.</summary>
    public IsolateImage? Load(string key)
    {
        if (PathOf(key + Extension) is not { } path)
        {
            return null;
        }

        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var (header, blob, error) = ImageFile.Read(File.ReadAllBytes(path));
            if (header is null || header.Key != key)
            {
                logger.CachedImageRefused(path, error ?? "it is the image of something else");
                Delete(path);
                return null;
            }

            // When it was used last, for the one who tidies up.
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return new IsolateImage(key, blob.Span, header.Functions);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CacheFailed(path, e.Message);
            return null;
        }
    }

    public void Save(ImageHeader header, ReadOnlySpan<byte> blob)
    {
        if (Write(header.Key + Extension, ImageFile.Write(header, blob)))
        {
            Tidy(header.Key + Extension);
        }
    }

    /// <summary>A short note of that name, such as why a function has no image.</summary>
    public string? Note(string name)
    {
        try
        {
            return PathOf(name) is { } path && File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CacheFailed(name, e.Message);
            return null;
        }
    }

    public void SaveNote(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private bool Write(string name, byte[] bytes)
    {
        if (PathOf(name) is not { } path)
        {
            return false;
        }

        var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            // It may have been deleted while the application ran.
            if (ImageCacheFolder.Open(folder!) is { } error)
            {
                logger.CacheFailed(path, error);
                return false;
            }

            using (var file = create?.Invoke(temporary) ?? new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                (file as FileStream)?.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CacheFailed(path, e.Message);
            Delete(temporary);
            return false;
        }
    }

    private void Tidy(string keep)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            var files = new DirectoryInfo(folder!).GetFiles();
            foreach (var file in files.Where(f => f.Extension == TemporaryExtension && now - f.LastWriteTimeUtc > LeftBehind))
            {
                Delete(file.FullName);
            }

            var total = 0L;
            foreach (var file in files.Where(f => f.Extension != TemporaryExtension).OrderByDescending(f => f.Name == keep).ThenByDescending(f => f.LastWriteTimeUtc))
            {
                total += file.Length;
                if (total > maxBytes && file.Name != keep)
                {
                    Delete(file.FullName);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CacheFailed(folder!, e.Message);
        }
    }

    private string? PathOf(string name) => folder is null ? null : Path.Combine(folder, name);

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process was quicker, or it stays.
        }
    }
}
