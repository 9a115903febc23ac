using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace JsRun.Modules.Compilation;

/// <summary>
/// A compiled module on a disk: SHA-256 of the key and of what follows, then code and shape. The hash finds what is torn, corrupt, or another's under its name; against forgery there is
/// only the folder, which belongs to the user alone. Not JSON: a process that only starts has better things to do than to compile a serializer.
/// </summary>
internal static class CompiledModuleFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="EncoderFallbackException">A text of it is not well-formed Unicode: it has half of a surrogate pair.</exception>
    public static byte[] Write(string key, CompiledModule module)
    {
        using var stream = new MemoryStream();
        stream.SetLength(SHA256.HashSizeInBytes);
        stream.Position = SHA256.HashSizeInBytes;
        using (var writer = new BinaryWriter(stream, Strict, leaveOpen: true))
        {
            var shape = module.Shape!;
            writer.Write(module.Code!);
            WriteAll(writer, shape.Imports, WriteRequest);
            WriteAll(writer, shape.Bindings, static (w, b) => WritePlace(w, b.From, b.Name, b.Line, b.Column));
            WriteAll(writer, shape.Locals, static (w, l) =>
            {
                w.Write(l.Exported);
                w.Write(l.Local);
            });
            WriteAll(writer, shape.Indirect, static (w, i) =>
            {
                w.Write(i.Exported);
                WritePlace(w, i.From, i.Name, i.Line, i.Column);
            });
            WriteAll(writer, shape.Dynamic, WriteRequest);
            writer.Write(shape.Stars.Length);
            foreach (var star in shape.Stars)
            {
                writer.Write(star);
            }

            writer.Write(shape.Async);
            WriteName(writer, shape.Positions);
            writer.Write(shape.Disposes);
            writer.Write((sbyte?)shape.Globals ?? -1);
        }

        var file = stream.ToArray();
        Hash(key, file, file);
        return file;
    }

    /// <returns>The module, or <see langword="null"/> where the file is not what was written under that key.</returns>
    public static CompiledModule? Read(string key, byte[] file)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (file.Length <= hash.Length)
        {
            return null;
        }

        Hash(key, file, hash);
        if (!hash.SequenceEqual(file.AsSpan(0, hash.Length)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(file, hash.Length, file.Length - hash.Length), Strict);
        return new CompiledModule
        {
            Code = reader.ReadString(),
            Shape = new ModuleShape
            {
                Imports = ReadAll(reader, ReadRequest),
                Bindings = ReadAll(reader, static r => new ImportedName(r.ReadInt32(), ReadName(r), r.ReadInt32(), r.ReadInt32())),
                Locals = ReadAll(reader, static r => new LocalExport(r.ReadString(), r.ReadString())),
                Indirect = ReadAll(reader, static r => new IndirectExport(r.ReadString(), r.ReadInt32(), ReadName(r), r.ReadInt32(), r.ReadInt32())),
                Dynamic = ReadAll(reader, ReadRequest),
                Stars = ReadNumbers(reader),
                Async = reader.ReadBoolean(),
                Positions = ReadName(reader),
                Disposes = reader.ReadBoolean(),
                Globals = reader.ReadSByte() is >= 0 and var scope ? (GlobalScope)scope : null,
            },
        };
    }

    private static void Hash(string key, byte[] file, Span<byte> destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(file.AsSpan(SHA256.HashSizeInBytes));
        hash.GetHashAndReset(destination);
    }

    private static void WriteAll<T>(BinaryWriter writer, ImmutableArray<T> items, Action<BinaryWriter, T> write)
        where T : class
    {
        writer.Write(items.Length);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private static ImmutableArray<T> ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            items.Add(read(reader));
        }

        return items.DrainToImmutable();
    }

    private static ImmutableArray<int> ReadNumbers(BinaryReader reader)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            numbers.Add(reader.ReadInt32());
        }

        return numbers.DrainToImmutable();
    }

    private static void WriteRequest(BinaryWriter writer, ModuleRequest request)
    {
        writer.Write(request.Specifier);
        WriteName(writer, request.Type);
        writer.Write(request.Line);
        writer.Write(request.Column);
    }

    private static ModuleRequest ReadRequest(BinaryReader reader)
    {
        var (specifier, type) = (reader.ReadString(), ReadName(reader));
        return new ModuleRequest(specifier, reader.ReadInt32(), reader.ReadInt32()) { Type = type };
    }

    private static void WritePlace(BinaryWriter writer, int from, string? name, int line, int column)
    {
        writer.Write(from);
        WriteName(writer, name);
        writer.Write(line);
        writer.Write(column);
    }

    private static void WriteName(BinaryWriter writer, string? name)
    {
        writer.Write(name is not null);
        if (name is not null)
        {
            writer.Write(name);
        }
    }

    private static string? ReadName(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
