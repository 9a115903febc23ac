using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using JsRun.Interop;

namespace JsRun.Storage;

/// <summary>Whose a folder is.</summary>
internal static class FolderOwner
{
    private const int CurrentFolder = -100;
    private const uint WantUser = 0x8;
    private const int OffsetOfUser = 20;

    /// <summary>Returns whether it belongs to the user that this process runs as. Linux only: <c>statx</c> has one layout on all processors.</summary>
    [SupportedOSPlatform("linux")]
    public static bool IsMe(string path)
    {
        Span<byte> answer = stackalloc byte[Libc.SizeOfStatx];
        return Libc.TryStatx(CurrentFolder, path, 0, WantUser, answer) && MemoryMarshal.Read<uint>(answer[OffsetOfUser..]) == Libc.GetEffectiveUser();
    }
}
