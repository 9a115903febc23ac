using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace JsRun.Engine.Native.Binding;

/// <summary>ClearScript's native library with V8 in it. Whatever is taken of it goes into its fingerprint.</summary>
internal sealed class V8Library
{
    public const string FileName = "ClearScriptV8.linux-x64.so";

    private readonly nint _handle;
    private readonly SortedDictionary<string, NativeSymbol> _taken = new(StringComparer.Ordinal);

    private V8Library(LoadedModule module, nint handle)
    {
        Module = module;
        _handle = handle;
    }

    public LoadedModule Module { get; }

    /// <summary>Finds the library, which ClearScript has loaded, and keeps it loaded for the process's life.</summary>
    public static V8Library Find()
    {
        var module = LoadedModule.Find(FileName) ?? throw new NativeLayerException($"{FileName} is not among the loaded libraries");
        return new V8Library(module, NativeLibrary.Load(module.Path));
    }

    /// <summary>The address of a function that the library defines and exports.</summary>
    public nint Take(string name)
    {
        var symbol = Module.Symbol(name);
        if (!Module.IsCode(symbol.Address) || symbol.Size == 0 || !NativeLibrary.TryGetExport(_handle, name, out var exported) || exported != symbol.Address)
        {
            throw new NativeLayerException($"{name} is not the library's own function");
        }

        _taken[name] = symbol;
        return symbol.Address;
    }

    /// <summary>A constant of 8 bytes that the library defines and exports.</summary>
    public int TakeNumber(string name)
    {
        var symbol = Module.Symbol(name);
        if (symbol.Size != sizeof(long) || !NativeLibrary.TryGetExport(_handle, name, out var exported) || exported != symbol.Address)
        {
            throw new NativeLayerException($"{name} is not the library's own constant");
        }

        _taken[name] = symbol;
        return (int)BitConverter.ToInt64(symbol.Bytes);
    }

    public NativeSymbol Taken(string name) => _taken[name];

    /// <summary>The library's identity: its segments, and place and machine code of every function, or constant, that is used. It has no build id of its own.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Module.Layout);
        foreach (var (name, symbol) in _taken)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(name));
            hash.AppendData(BitConverter.GetBytes(Module.OffsetOf(symbol.Address)));
            hash.AppendData(symbol.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
