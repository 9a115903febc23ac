using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using JsRun.Storage;
using Microsoft.Extensions.Logging;

namespace JsRun.Modules.Compilation;

/// <summary>
/// Compiled modules on disk, by the hash of their text, their name and the compiler. Nothing here is ever fatal: what is broken is compiled anew, and what cannot be written is not there
/// the next time. Thread-safe, across processes too: files appear whole, by renaming.
/// </summary>
/// <param name="root">The folder of caches, or <see langword="null"/> where there is none: modules are in one of their own below it.</param>
/// <param name="maxBytes">What all of them may take; those that were not used for longest go.</param>
/// <param name="time">The clock that tells the age of what was left behind.</param>
/// <param name="logger">The log.</param>
internal sealed class CompiledModuleCache(string? root, long maxBytes, TimeProvider time, ILogger logger)
{
    private const string Extension = ".module";
    private const string TemporaryExtension = ".part";

    // A few writes apart: the folder is listed for it.
    private const int TidyEvery = 64;
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    // Changes with the compiler, which is a part of the assembly, and with the format.
    private static readonly string Compiler = typeof(CompiledModuleCache).Module.ModuleVersionId.ToString();
    private readonly string? _folder = root is null ? null : FolderOf(root);
    private int _writes;

    /// <summary>Makes the folders where they are not there, and looks whose they are.</summary>
    /// <returns>What is wrong with them, or <see langword="null"/>.</returns>
    public static string? Open(string root) => ImageCacheFolder.Open(root) ?? ImageCacheFolder.Open(FolderOf(root));

    /// <summary>The name says what a text is written in, and is in its messages.</summary>
    public static string KeyOf(string source, string fileName, GlobalScope? scope)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in (ReadOnlySpan<string>)[Compiler, fileName, scope?.ToString() ?? "", source])
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The module of that key, if there is a whole one.</summary>
    public CompiledModule? Load(string key)
    {
        if (_folder is null)
        {
            return null;
        }

        var path = Path.Combine(_folder, key + Extension);
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            if (CompiledModuleFile.Read(key, File.ReadAllBytes(path)) is not { } module)
            {
                logger.CompiledModuleRefused(path);
                Delete(path);
                return null;
            }

            Touch(path);
            return module;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            logger.ModuleCacheFailed(path, e.Message);
            return null;
        }
    }

    public void Save(string key, CompiledModule module)
    {
        if (_folder is null)
        {
            return;
        }

        var path = Path.Combine(_folder, key + Extension);
        var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            // It may have been deleted while the application ran.
            if (Open(root!) is { } error)
            {
                logger.ModuleCacheFailed(path, error);
                return;
            }

            File.WriteAllBytes(temporary, CompiledModuleFile.Write(key, module));
            File.Move(temporary, path, overwrite: true);
            if (Interlocked.Increment(ref _writes) % TidyEvery == 1)
            {
                Tidy(_folder, path);
            }
        }
        catch (EncoderFallbackException)
        {
            // Half of a surrogate pair, which no file in UTF-8 has: it is compiled each time.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.ModuleCacheFailed(path, e.Message);
            Delete(temporary);
        }
    }

    // When it was used last, for the one who tidies up; to a day.
    private void Touch(string path)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (now - File.GetLastWriteTimeUtc(path) > Fresh)
        {
            File.SetLastWriteTimeUtc(path, now);
        }
    }

    private void Tidy(string own, string keep)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var total = 0L;
        foreach (var file in new DirectoryInfo(own).GetFiles().OrderByDescending(f => f.FullName == keep).ThenByDescending(f => f.LastWriteTimeUtc))
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

    private static string FolderOf(string root) => Path.Combine(root, "modules");

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
