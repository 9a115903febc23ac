using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using JsRun.Interop;
using Microsoft.Win32.SafeHandles;

namespace JsRun.Storage;

/// <summary>
/// Opens files of the authors of functions. On Linux a named pipe never blocks, devices and sockets are refused, and what was opened is compared with what was asked for, so that a path
/// that changes between the check and the opening leads nowhere else.
/// </summary>
internal static class RegularFile
{
    private const int ReadOnly = 0;
    private const int NoTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int EmptyPath = 0x1000;
    private const uint WantType = 0x1;
    private const int OffsetOfMode = 28;
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The real path: without symbolic links on the way.</param>
    /// <exception cref="IOException">It is not there, is not a regular file, or has been replaced by a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static FileStream OpenRead(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        }

        var handle = Open(path);
        try
        {
            if (!IsRegular(handle))
            {
                throw new IOException("It is not a regular file.");
            }

            if (PathOf(handle) is { } opened && opened != path)
            {
                throw new IOException("It was replaced while it was read.");
            }

            return new FileStream(handle, FileAccess.Read, 1, isAsync: false);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    [SupportedOSPlatform("linux")]
    private static SafeFileHandle Open(string path)
    {
        var handle = Libc.Open(path, ReadOnly | NoTerminal | NonBlocking | CloseOnExec);
        if (!handle.IsInvalid)
        {
            return handle;
        }

        var message = Marshal.GetLastPInvokeErrorMessage();
        handle.Dispose();
        throw new IOException(message + ".");
    }

    [SupportedOSPlatform("linux")]
    private static bool IsRegular(SafeFileHandle handle)
    {
        Span<byte> answer = stackalloc byte[Libc.SizeOfStatx];
        return Libc.TryStatx(handle, "", EmptyPath, WantType, answer) && (MemoryMarshal.Read<ushort>(answer[OffsetOfMode..]) & TypeMask) == TypeRegular;
    }

    // Without /proc there is nothing to compare with: the path was checked before.
    private static string? PathOf(SafeFileHandle handle)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
            return null;
        }
    }
}
