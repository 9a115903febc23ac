using System.Runtime.InteropServices;
using System.Text;

namespace JsRun.Engine.Native.Binding;

/// <summary>
/// A shared library as the loader has mapped it (ELF64, x86-64), read from memory by way of its dynamic section: what lies in a file elsewhere may be another one.
/// </summary>
internal sealed unsafe partial class LoadedModule
{
    private const uint SegmentLoad = 1;
    private const uint SegmentDynamic = 2;
    private const uint SegmentReadOnlyAfterRelocation = 0x6474e552;
    private const uint Executable = 1;
    private const uint Writable = 2;
    private const long TagPltRelocationsSize = 2;
    private const long TagStrings = 5;
    private const long TagSymbols = 6;
    private const long TagPltRelocations = 23;
    private const long TagHash = 0x6ffffef5;
    private const uint JumpSlotType = 7;

    private readonly byte* _base;
    private readonly ProgramHeader[] _headers;
    private readonly byte* _strings;
    private readonly SymbolEntry* _symbols;
    private readonly uint* _hash;
    private readonly Relocation* _relocations;
    private readonly int _relocationCount;

    private LoadedModule(string path, byte* address, ProgramHeader[] headers)
    {
        Path = path;
        _base = address;
        _headers = headers;
        var dynamic = headers.FirstOrDefault(h => h.Type == SegmentDynamic);
        if (dynamic.Type == 0)
        {
            throw new NativeLayerException($"'{path}' has no dynamic section");
        }

        for (var entry = (DynamicEntry*)(address + dynamic.Address); entry->Tag != 0; entry++)
        {
            // The loader has made addresses of some of them, and left others as they are in the file.
            var at = (byte*)entry->Value < address ? address + entry->Value : (byte*)entry->Value;
            switch (entry->Tag)
            {
                case TagStrings: _strings = at; break;
                case TagSymbols: _symbols = (SymbolEntry*)at; break;
                case TagHash: _hash = (uint*)at; break;
                case TagPltRelocations: _relocations = (Relocation*)at; break;
                case TagPltRelocationsSize: _relocationCount = (int)(entry->Value / (ulong)sizeof(Relocation)); break;
            }
        }

        if (_strings == null || _symbols == null || _hash == null || _relocations == null)
        {
            throw new NativeLayerException($"the dynamic section of '{path}' lacks a table");
        }
    }

    public string Path { get; }

    /// <summary>The segments, as the linker laid them out: no two builds of a library this size have the same.</summary>
    public ReadOnlySpan<byte> Layout => MemoryMarshal.AsBytes(_headers.AsSpan());

    /// <summary>Finds the module whose file has that name.</summary>
    public static LoadedModule? Find(string fileName)
    {
        var search = new Search { Suffix = "/" + fileName };
        var handle = GCHandle.Alloc(search);
        try
        {
            _ = Iterate(&Visit, GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        return search.Headers is null ? null : new LoadedModule(search.Path, (byte*)search.Base, search.Headers);
    }

    /// <summary>Returns the address of a symbol that the module defines.</summary>
    public NativeSymbol Symbol(string name)
    {
        var index = IndexOf(Encoding.ASCII.GetBytes(name));
        var symbol = _symbols[index];
        return new NativeSymbol(name, (nint)(_base + symbol.Value), (int)symbol.Size);
    }

    /// <summary>The slot through which the module's own calls of that symbol go.</summary>
    public nint JumpSlot(string name)
    {
        var index = IndexOf(Encoding.ASCII.GetBytes(name));
        for (var i = 0; i < _relocationCount; i++)
        {
            if ((uint)_relocations[i].Info == JumpSlotType && (uint)(_relocations[i].Info >> 32) == index)
            {
                var slot = _base + _relocations[i].Offset;
                return Within(slot, Writable, SegmentLoad) && !Within(slot, 0, SegmentReadOnlyAfterRelocation)
                    ? (nint)slot
                    : throw new NativeLayerException($"the jump slot of {name} is not in writable memory");
            }
        }

        throw new NativeLayerException($"there is no jump slot of {name}");
    }

    /// <summary>Returns whether there is code of this module at an address.</summary>
    public bool IsCode(nint address) => Within((byte*)address, Executable, SegmentLoad);

    /// <summary>An address as the file has it.</summary>
    public long OffsetOf(nint address) => address - (nint)_base;

    private bool Within(byte* address, uint flags, uint type)
    {
        foreach (var header in _headers)
        {
            var from = _base + header.Address;
            if (header.Type == type && (header.Flags & flags) == flags && address >= from && address < from + header.MemorySize)
            {
                return true;
            }
        }

        return false;
    }

    private uint IndexOf(ReadOnlySpan<byte> name)
    {
        var hash = 5381u;
        foreach (var c in name)
        {
            hash = (hash * 33) + c;
        }

        // DT_GNU_HASH: four words, the Bloom filter, the buckets, the chains.
        uint bucketCount = _hash[0], first = _hash[1], filterSize = _hash[2];
        var buckets = _hash + 4 + (2 * filterSize);
        var chains = buckets + bucketCount;
        var index = buckets[hash % bucketCount];
        while (index >= first)
        {
            var link = chains[index - first];
            if ((link | 1) == (hash | 1) && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_strings + _symbols[index].Name).SequenceEqual(name) && _symbols[index].Section != 0)
            {
                return index;
            }

            if ((link & 1) != 0)
            {
                break;
            }

            index++;
        }

        throw new NativeLayerException($"'{Path}' has no symbol {Encoding.ASCII.GetString(name)}");
    }

    [LibraryImport("libc", EntryPoint = "dl_iterate_phdr")]
    private static partial int Iterate(delegate* unmanaged<ModuleInfo*, nuint, nint, int> visit, nint data);

    [UnmanagedCallersOnly]
    private static int Visit(ModuleInfo* info, nuint size, nint data)
    {
        try
        {
            var search = (Search)GCHandle.FromIntPtr(data).Target!;
            var path = Marshal.PtrToStringUTF8(info->Name) ?? "";
            if (!path.EndsWith(search.Suffix, StringComparison.Ordinal))
            {
                return 0;
            }

            search.Path = path;
            search.Base = info->Base;
            search.Headers = new ReadOnlySpan<ProgramHeader>(info->Headers, info->HeaderCount).ToArray();
            return 1;
        }
        catch (Exception e)
        {
            // The library counts as not found.
            NativeBoundary.Ignore("dl_iterate_phdr", e);
            return 1;
        }
    }

    private sealed class Search
    {
        public required string Suffix { get; init; }

        public string Path { get; set; } = "";

        public nint Base { get; set; }

        public ProgramHeader[]? Headers { get; set; }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ModuleInfo
    {
        public nint Base;
        public nint Name;
        public ProgramHeader* Headers;
        public ushort HeaderCount;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramHeader
    {
        public uint Type;
        public uint Flags;
        public ulong Offset;
        public ulong Address;
        public ulong PhysicalAddress;
        public ulong FileSize;
        public ulong MemorySize;
        public ulong Alignment;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct DynamicEntry
    {
        public long Tag;
        public ulong Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SymbolEntry
    {
        public uint Name;
        public byte Info;
        public byte Other;
        public ushort Section;
        public ulong Value;
        public ulong Size;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Relocation
    {
        public ulong Offset;
        public ulong Info;
        public long Addend;
    }
}
