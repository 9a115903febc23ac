using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace JsRun.Interop;

/// <summary>The functions of the C library that the rooms beside the engine call. Each has a safe signature: no pointers come in or go out.</summary>
internal static partial class Libc
{
    /// <summary>The size of <c>struct statx</c>, which is the same on all processors.</summary>
    public const int SizeOfStatx = 256;

    /// <summary>Opens a file, as <c>open(2)</c> does.</summary>
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    /// <summary>Reads the metadata of a path, as <c>statx(2)</c> does.</summary>
    /// <param name="folder">The folder that a relative path starts from, or <c>AT_FDCWD</c>.</param>
    /// <param name="path">The path.</param>
    /// <param name="flags">The <c>AT_*</c> flags.</param>
    /// <param name="mask">The <c>STATX_*</c> fields to read.</param>
    /// <param name="answer">Receives a <c>struct statx</c> of <see cref="SizeOfStatx"/> bytes.</param>
    [SupportedOSPlatform("linux")]
    public static bool TryStatx(int folder, string path, int flags, uint mask, Span<byte> answer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answer.Length, SizeOfStatx, nameof(answer));
        return Statx(folder, path, flags, mask, answer) == 0;
    }

    /// <summary>Reads the metadata of an open file.</summary>
    /// <inheritdoc cref="TryStatx(int, string, int, uint, Span{byte})"/>
    [SupportedOSPlatform("linux")]
    public static bool TryStatx(SafeFileHandle folder, string path, int flags, uint mask, Span<byte> answer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answer.Length, SizeOfStatx, nameof(answer));
        return Statx(folder, path, flags, mask, answer) == 0;
    }

    /// <summary>The user that this process runs as.</summary>
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUser();

    /// <summary>Reads a clock.</summary>
    [SupportedOSPlatform("linux")]
    public static bool TryGetTime(int clock, out TimeSpan time)
    {
        var succeeded = GetTime(clock, out var read) == 0;
        time = new TimeSpan((read.Seconds * TimeSpan.TicksPerSecond) + (read.Nanoseconds / TimeSpan.NanosecondsPerTick));
        return succeeded;
    }

    /// <summary>The kernel's number of the calling thread.</summary>
    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int GetThreadId();

    /// <summary>Has the process end without the destructors of its native libraries; .NET's own handlers have run before.</summary>
    public static void EndWithoutDestructors()
    {
        var libc = NativeLibrary.GetMainProgramHandle();
        if (NativeLibrary.TryGetExport(libc, "on_exit", out _) && NativeLibrary.TryGetExport(libc, "_exit", out var exit))
        {
            // What is registered last is called first, with the exit code: before the library's destructors, after all of .NET's handlers.
            _ = OnExit(exit, 0);
        }
        else
        {
            // Not the GNU C library's.
            Exit(Environment.ExitCode);
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(SafeFileHandle folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "on_exit")]
    private static partial int OnExit(nint function, nint argument);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
