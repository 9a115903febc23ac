using System.Globalization;
using System.Runtime.InteropServices;

namespace JsRun.Benchmarks;

/// <summary>What a process holds, part by part.</summary>
internal static partial class SoakMemory
{
    public static async Task<SoakSample> SampleAsync(int requests, SoakServer server)
    {
        var before = Resident();
        // Twice: what finalisers let go of is collected by the second.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var heaps = await server.ReadHeapsAsync();
        return new SoakSample(requests, before, Resident(), GC.GetTotalMemory(false), GC.GetGCMemoryInfo().TotalCommittedBytes, heaps.Sum(static h => h.Used), heaps.Sum(static h => h.Total), Allocated());
    }

    /// <summary>Of this process.</summary>
    private static long Resident()
    {
        const string Name = "VmRSS:";
        if (!OperatingSystem.IsLinux())
        {
            return Environment.WorkingSet;
        }

        var line = File.ReadLines("/proc/self/status").First(static l => l.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static long Allocated()
    {
        try
        {
            var info = OperatingSystem.IsLinux() ? AllInfo() : default;
            return (long)(info.InUse + info.Mapped);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library.
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocInfo AllInfo();

    /// <summary>glibc's <c>struct mallinfo2</c>: of all arenas.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        public readonly nuint Arena;
        public readonly nuint FreeBlocks;
        public readonly nuint FastBlocks;
        public readonly nuint MappedBlocks;
        public readonly nuint Mapped;
        public readonly nuint MostUsed;
        public readonly nuint FastFree;
        public readonly nuint InUse;
        public readonly nuint Free;
        public readonly nuint Top;
    }
}
