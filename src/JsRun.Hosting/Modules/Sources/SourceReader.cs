using System.Collections.Immutable;
using System.Globalization;
using JsRun.Modules.Resolution;
using JsRun.Storage;

namespace JsRun.Modules.Sources;

/// <summary>Reads every file once, and remembers which were read or looked for. One build's; not thread-safe.</summary>
internal sealed class SourceReader(int maxFileBytes)
{
    private readonly Dictionary<string, SourceFile> _files = [];
    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);

    public ImmutableArray<string> Seen => [.. _seen];

    /// <summary>Returns whether there is such a file; remembered, because its coming or going would matter.</summary>
    public bool Exists(string path)
    {
        _seen.Add(path);
        return File.Exists(path);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsModuleException">It cannot be read, or is too large.</exception>
    public async ValueTask<SourceFile> ReadAsync(ModuleLocation location, CancellationToken cancellationToken)
    {
        var path = location.Path;
        _seen.Add(path);
        if (_files.TryGetValue(path, out var known))
        {
            return known;
        }

        try
        {
            var file = new SourceFile(path, await ReadBytesAsync(location, cancellationToken).ConfigureAwait(false));
            _files.Add(path, file);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Scripts may read the message: it names no folder of the server's.
            var shown = ModuleUrl.Show(location.Url);
            throw new JsModuleException($"The module '{shown}' cannot be read: {exception.Message.Replace(path, shown, StringComparison.Ordinal)}", exception) { File = path };
        }
    }

    private async ValueTask<byte[]> ReadBytesAsync(ModuleLocation location, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = RegularFile.OpenRead(location.Path);
        await using var owned = stream.ConfigureAwait(false);
        if (stream.Length > maxFileBytes)
        {
            var limit = (maxFileBytes / 1024.0 / 1024).ToString("0.##", CultureInfo.InvariantCulture);
            throw new JsModuleException($"The module '{ModuleUrl.Show(location.Url)}' is too large: {stream.Length} bytes, and at most {limit} MiB are allowed. Split it, or minify the bundle.") { File = location.Path };
        }

        var bytes = new byte[stream.Length];
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return count == bytes.Length ? bytes : bytes[..count];
    }
}
