using System.Text;
using JsRun.Engine.Isolates;
using JsRun.Storage;
using Microsoft.Extensions.Logging;

namespace JsRun.Images;

/// <summary>Images on disk (<see cref="TrustedFileCache"/>), and short notes beside them. Thread-safe.</summary>
/// <param name="folder">The folder, or <see langword="null"/> where there is none.</param>
/// <param name="maxBytes">What all images may take; those that were not used for longest go.</param>
/// <param name="time">The clock that tells the age of what was left behind.</param>
/// <param name="logger">The log.</param>
/// <param name="create">Makes a file that does not exist, for tests of disks that are full.</param>
internal sealed class ImageCache(string? folder, long maxBytes, TimeProvider time, ILogger logger, Func<string, Stream>? create = null)
{
    private const string Extension = ".image";

    private readonly TrustedFileCache _files = new(folder is null ? [] : [folder], maxBytes, time, logger.CacheFailed) { Create = create, Flushes = true };

    /// <summary>The image of that key, if there is a whole one.</summary>
    public IsolateImage? Load(string key) => _files.Load(key + Extension, (path, bytes) =>
    {
        var (header, blob, error) = ImageFile.Read(bytes);
        if (header is null || header.Key != key)
        {
            logger.CachedImageRefused(path, error ?? "it is the image of something else");
            return null;
        }

        return new IsolateImage(key, blob.Span, header.Functions);
    });

    public void Save(ImageHeader header, ReadOnlySpan<byte> blob) => _files.Save(header.Key + Extension, ImageFile.Write(header, blob));

    /// <summary>A short note of that name, such as why a function has no image.</summary>
    public string? Note(string name) => _files.Load(name, static (_, bytes) => Encoding.UTF8.GetString(bytes));

    // The image that it belongs to must not go for it, however large that is.
    public void SaveNote(string name, string text) => _files.Save(name, Encoding.UTF8.GetBytes(text), tidies: false);
}
