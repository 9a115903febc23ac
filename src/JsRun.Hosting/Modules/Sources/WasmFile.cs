using System.Collections.Immutable;
using System.Text;
using JsRun.Modules.Compilation;

namespace JsRun.Modules.Sources;

/// <summary>Reads just enough of a WebAssembly module to link it as an ES module: the names that it imports and exports.</summary>
internal ref struct WasmFile
{
    private const int HeaderBytes = 8;
    private const int ImportSection = 2;
    private const int ExportSection = 7;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private WasmFile(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _at = HeaderBytes;
    }

    /// <summary>Returns whether bytes begin as a module does.</summary>
    public static bool IsWasm(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\0asm"u8);

    /// <summary>The module's shape for the linker: its imports are specifiers, its exports are bindings.</summary>
    /// <exception cref="FormatException">The bytes are no WebAssembly module, or end in the middle.</exception>
    public static ModuleShape ReadShape(ReadOnlySpan<byte> bytes)
    {
        if (!IsWasm(bytes) || bytes.Length < HeaderBytes)
        {
            throw new FormatException("it does not begin with the magic number of WebAssembly (00 61 73 6D) and a version");
        }

        var file = new WasmFile(bytes);
        var shape = new ModuleShape();
        while (file._at < bytes.Length)
        {
            var section = file.ReadByte();
            var size = file.ReadNumber();
            var end = file._at + size;
            shape = section switch
            {
                ImportSection => file.ReadImports(shape),
                ExportSection => file.ReadExports(shape),
                _ => shape,
            };
            file._at = end;
        }

        return shape;
    }

    private ModuleShape ReadImports(ModuleShape shape)
    {
        var requests = new List<string>();
        var bindings = ImmutableArray.CreateBuilder<ImportedName>();
        for (var left = ReadNumber(); left > 0; left--)
        {
            var module = ReadName();
            var name = ReadName();
            SkipImportType();
            var from = requests.IndexOf(module);
            if (from < 0)
            {
                from = requests.Count;
                requests.Add(module);
            }

            bindings.Add(new ImportedName(from, name, 0, 0));
        }

        return shape with { Imports = [.. requests.Select(static module => new ModuleRequest(module, 0, 0))], Bindings = bindings.DrainToImmutable() };
    }

    private ModuleShape ReadExports(ModuleShape shape)
    {
        var exports = ImmutableArray.CreateBuilder<LocalExport>();
        for (var left = ReadNumber(); left > 0; left--)
        {
            var name = ReadName();
            ReadByte();
            ReadNumber();
            exports.Add(new LocalExport(name, name));
        }

        return shape with { Locals = exports.DrainToImmutable() };
    }

    private void SkipImportType()
    {
        switch (ReadByte())
        {
            case 0:
                ReadNumber();
                break;
            case 1:
                SkipValueType();
                SkipLimits();
                break;
            case 2:
                SkipLimits();
                break;
            case 3:
                SkipValueType();
                ReadByte();
                break;
            case 4:
                ReadByte();
                ReadNumber();
                break;
            default:
                throw new FormatException("an import is of an unknown kind");
        }
    }

    private void SkipLimits()
    {
        var flags = ReadByte();
        ReadNumber();
        if ((flags & 1) != 0)
        {
            ReadNumber();
        }
    }

    // One byte, but for references to a type, which follows.
    private void SkipValueType()
    {
        if (ReadByte() is 0x63 or 0x64)
        {
            ReadNumber();
        }
    }

    private string ReadName()
    {
        var length = ReadNumber();
        if (length > _bytes.Length - _at)
        {
            throw EndsEarly();
        }

        var name = Encoding.UTF8.GetString(_bytes.Slice(_at, length));
        _at += length;
        return name;
    }

    /// <summary>LEB128, of at most 32 bits here; what is larger leads out of the bytes anyway.</summary>
    private int ReadNumber()
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = ReadByte();
            if (shift < 63)
            {
                value |= (long)(part & 127) << shift;
            }

            if (part < 128)
            {
                return value is >= 0 and <= int.MaxValue / 2 ? (int)value : int.MaxValue / 2;
            }
        }
    }

    private int ReadByte() => _at >= 0 && _at < _bytes.Length ? _bytes[_at++] : throw EndsEarly();

    private static FormatException EndsEarly() => new("it ends in the middle");
}
