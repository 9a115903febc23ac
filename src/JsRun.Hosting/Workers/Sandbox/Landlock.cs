using System.Runtime.Versioning;
using JsRun.Interop;

namespace JsRun.Workers.Sandbox;

/// <summary>The rules of Landlock that the launcher collects, and then applies to its own thread.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Landlock
{
    private const int PathOnly = 0x20_0000;
    private const int CloseOnExecute = 0x8_0000;

    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong RemoveFile = 1 << 5;
    private const ulong MakeSocket = 1 << 9;

    // What each version handles, beginning with version 1: rights of files.
    private static ReadOnlySpan<ulong> FileRights => [(1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1];

    private const int FirstWithTcp = 4;
    private const int FirstWithScopes = 6;
    private const ulong BindAndConnect = 3;
    private const ulong AbstractSocketsAndSignals = 3;

    private readonly int _version;
    private readonly int _ruleset;
    private readonly ulong _handled;

    /// <summary>Starts with a ruleset that allows nothing.</summary>
    /// <exception cref="SandboxException">The kernel refuses, although it has Landlock.</exception>
    public Landlock(int version)
    {
        _version = version;
        _handled = FileRights[Math.Min(version, FileRights.Length) - 1];
        ReadOnlySpan<ulong> rights = version >= FirstWithScopes ? [_handled, BindAndConnect, AbstractSocketsAndSignals] : version >= FirstWithTcp ? [_handled, BindAndConnect] : [_handled];
        _ruleset = Confinement.CreateLandlockRuleset(rights);
        SandboxException.ThrowIfFailed(_ruleset, "landlock_create_ruleset");
    }

    /// <summary>Allows reading all files in a folder and below it. A path that does not exist adds nothing.</summary>
    public void AllowReadingBelow(string folder) => Allow(folder, ReadFile | ReadFolder);

    /// <summary>Allows reading one file.</summary>
    public void AllowReading(string file) => Allow(file, ReadFile);

    /// <summary>Allows reading and writing one file that exists.</summary>
    public void AllowWriting(string file) => Allow(file, ReadFile | WriteFile);

    /// <summary>Allows listing the names in a folder and below it, without reading any file.</summary>
    public void AllowListing(string folder) => Allow(folder, ReadFolder);

    /// <summary>Allows executing one file, and reading it.</summary>
    public void AllowExecuting(string file) => Allow(file, ReadFile | Execute);

    /// <summary>Allows making and removing sockets in a folder.</summary>
    public void AllowSocketsIn(string folder) => Allow(folder, ReadFolder | MakeSocket | RemoveFile);

    /// <summary>Restricts the calling thread, and whatever it starts or executes.</summary>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public void Apply()
    {
        SandboxException.ThrowIfFailed(Confinement.RestrictThread(_ruleset), "landlock_restrict_self");
    }

    private void Allow(string path, ulong rights)
    {
        // A rule is attached to an inode. The kernel makes those of /proc anew when it needs memory, unless someone has them open: the worker inherits the descriptors.
        var keep = path.StartsWith("/proc/", StringComparison.Ordinal);
        var handle = Libc.Open(path, PathOnly | (keep ? 0 : CloseOnExecute));
        if (handle.IsInvalid)
        {
            return;
        }

        SandboxException.ThrowIfFailed(Confinement.AllowPath(_ruleset, rights & _handled, handle), $"landlock_add_rule of {path}");
        if (keep)
        {
            handle.SetHandleAsInvalid();
        }
        else
        {
            handle.Dispose();
        }
    }
}
