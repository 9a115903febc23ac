using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using JsRun.Storage;
using Microsoft.Extensions.Logging;

namespace JsRun.Modules.Compilation;

/// <summary>Compiled modules on disk (<see cref="TrustedFileCache"/>), by the hash of their text, their name and the compiler. Thread-safe.</summary>
/// <param name="root">The folder of caches, or <see langword="null"/> where there is none: modules are in one of their own below it.</param>
/// <param name="maxBytes">What all of them may take; those that were not used for longest go.</param>
/// <param name="time">The clock that tells the age of what was left behind.</param>
/// <param name="logger">The log.</param>
internal sealed class CompiledModuleCache(string? root, long maxBytes, TimeProvider time, ILogger logger)
{
    private const string Extension = ".module";

    // Changes with the compiler, which is a part of the assembly, and with the format.
    private static readonly string Compiler = typeof(CompiledModuleCache).Module.ModuleVersionId.ToString();

    // There are many, each of them small and soon compiled anew.
    private readonly TrustedFileCache _files = new(root is null ? [] : FoldersOf(root), maxBytes, time, logger.ModuleCacheFailed) { TouchesEvery = TimeSpan.FromDays(1), TidiesEvery = 64 };

    /// <summary>Makes the folders where they are not there, and looks whose they are.</summary>
    /// <returns>What is wrong with them, or <see langword="null"/>.</returns>
    public static string? Open(string root) => TrustedFileCache.Open(FoldersOf(root));

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
    public CompiledModule? Load(string key) => _files.Load(key + Extension, (path, bytes) =>
    {
        var module = CompiledModuleFile.Read(key, bytes);
        if (module is null)
        {
            logger.CompiledModuleRefused(path);
        }

        return module;
    });

    public void Save(string key, CompiledModule module)
    {
        byte[] bytes;
        try
        {
            bytes = CompiledModuleFile.Write(key, module);
        }
        catch (EncoderFallbackException)
        {
            // Half of a surrogate pair, which no file in UTF-8 has: it is compiled each time.
            return;
        }

        _files.Save(key + Extension, bytes);
    }

    private static string[] FoldersOf(string root) => [root, Path.Combine(root, "modules")];
}
