using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace JsRun.Storage;

/// <summary>Whose a folder is.</summary>
internal static partial class FolderOwner
{
    private const int CurrentFolder = -100;
    private const uint WantUser = 0x8;
    private const int SizeOfAnswer = 256;
    private const int OffsetOfUser = 20;

    /// <summary>Whether it belongs to the user that this process runs as. Linux only: <c>statx</c> has one layout on all processors.</summary>
    [SupportedOSPlatform("linux")]
    public static unsafe bool IsMe(string path)
    {
        var answer = stackalloc byte[SizeOfAnswer];
        return Statx(CurrentFolder, path, 0, WantUser, answer) == 0 && *(uint*)(answer + OffsetOfUser) == EffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* answer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
