using System.Runtime.InteropServices;
using System.Text;

namespace JsRun.SandboxProbe;

/// <summary>What code that has taken over V8 would try. Each attack returns the error, or 0 if it succeeded.</summary>
internal sealed class Attacks(AttackTargets targets, bool isSealed)
{
    private const int Unix = 1;
    private const int Internet = 2;
    private const int Netlink = 16;
    private const int Stream = 1;
    private const int Raw = 3;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>The attacks by their names. Those that would end or double this process are made by a sealed one alone.</summary>
    public IEnumerable<(string Name, Func<int> Try)> All()
    {
        yield return ("internet socket", () => Open(Kernel.Socket(Internet, Stream, 0)));
        yield return ("raw socket", () => Open(Kernel.Socket(Internet, Raw, 1)));
        yield return ("netlink socket", () => Open(Kernel.Socket(Netlink, Raw, 0)));
        yield return ("read /etc/passwd", () => Open(Kernel.Open("/etc/passwd", 0)));
        yield return ("read the settings of the application", () => Open(Kernel.Open(targets.Settings, 0)));
        yield return ("read through a symbolic link", () => Open(Kernel.Open(targets.Link, 0)));
        yield return ("write into the cache", () => Open(Kernel.Open(Path.Combine(targets.Cache, "new"), 0x41, 0x180)));
        yield return ("overwrite a file of the cache", () => Open(Kernel.Open(targets.CachedFile, 1)));
        yield return ("write into the socket's folder", () => Open(Kernel.Open(Path.Combine(targets.SocketFolder, "new"), 0x41, 0x180)));
        yield return ("make a file unreadable", () => Error(Kernel.ChangeMode(targets.CachedFile, 0x180)));
        yield return ("rename a file", () => Error(Kernel.Rename(targets.CachedFile, targets.CachedFile)));
        yield return ("make a symbolic link", () => Error(Kernel.LinkSymbolically("/etc/passwd", Path.Combine(targets.SocketFolder, "link"))));
        yield return ("remove a file", () => Error(Kernel.Unlink(Path.Combine(targets.SocketFolder, "link"))));
        yield return ("lock a file that the host opens", () => With(Kernel.Open(targets.CachedFile, 0), static file => Error(Kernel.Lock(file, 2 | 4))));
        yield return ("lease a file that the host opens", () => With(Kernel.Open(targets.CachedFile, 0), static file => Error(Kernel.ControlFile(file, 1024, 0))));
        yield return ("watch files", () => Open(Kernel.Watch(0)));
        yield return ("connect to another socket", ConnectToAnother);
        yield return ("bind a socket", BindAnother);
        yield return ("execute a program", () => Error(Kernel.Execute("/nonexistent", ["x", null], [null])));
        yield return ("spawn a program", () => Kernel.Spawn(out _, "/bin/true", 0, 0, ["true", null], [null]));
        yield return ("file in memory", () => Open(Kernel.MakeFileInMemory("x", 0)));
        yield return ("execute a descriptor", () => Error(Kernel.CallWithPath(IsArm ? 281 : 322, -1, "", 0, 0, 0x1000)));
        yield return ("read the environment of the host", () => Open(Kernel.Open($"/proc/{targets.Victim}/environ", 0)));
        yield return ("open the memory of the host", () => Open(Kernel.Open($"/proc/{targets.Victim}/mem", 0)));
        yield return ("read the memory of the host", () => Error(Kernel.Call(IsArm ? 270 : 310, targets.Victim)));
        yield return ("write own memory as a file", () => Open(Kernel.Open("/proc/self/mem", 2)));
        yield return ("signal to the host", () => Error(Kernel.Kill(targets.Victim, 0)));
        yield return ("signal to a thread of the host", () => Error(Kernel.KillThread(targets.Victim, targets.Victim, 0)));
        yield return ("signal to the group", () => Error(Kernel.Kill(0, 0)));
        yield return ("descriptor of the host", () => Open((int)Kernel.Call(434, targets.Victim)));
        yield return ("signal through a descriptor", () => targets.VictimFile < 0 ? Error(Kernel.Call(424, -1)) : Error(Kernel.Call(424, targets.VictimFile)));
        yield return ("signal through a pipe", () => With(targets.Pipe, file => Error(Kernel.ControlFile(file, 8, targets.Victim)), close: false));
        yield return ("trace the host", () => Error(Kernel.Trace(0x4206, targets.Victim, 0, 0)));
        yield return ("limits of the host", () => Error(Kernel.Limit(targets.Victim, 7, 0, new ulong[2])));
        yield return ("set limits", SetOwnLimit);
        yield return ("priority of the host", () => Error(Kernel.SetPriority(0, targets.Victim, 1)));
        yield return ("dumpable again", () => Error(Kernel.Control(4, 1)));
        yield return ("outlive the host", () => Error(Kernel.Control(1, 0)));
        yield return ("io_uring", () => Error(Kernel.CallWithBuffer(425, 1, 0, default)));
        yield return ("new namespace", () => Error(Kernel.Call(IsArm ? 97 : 272, 0x1000_0000 | 0x2_0000)));
        yield return ("keys", () => Error(Kernel.Call(IsArm ? 219 : 250, 0, -3)));
        yield return ("bpf", () => Error(Kernel.Call(IsArm ? 280 : 321, 99)));
        yield return ("userfaultfd", () => Open((int)Kernel.Call(IsArm ? 282 : 323, 1)));
        yield return ("performance counters", () => Error(Kernel.Call(IsArm ? 241 : 298)));
        yield return ("type into the terminal", () => Error(Kernel.ControlDevice(0, 0x5412, (byte)'x')));
        yield return ("handle of a file", () => Error(Kernel.Call(IsArm ? 265 : 304, -100)));
        yield return ("clone3", () => Error(Kernel.Call(435)));
        yield return ("openat2", () => Error(Kernel.Call(437, -100)));
        yield return ("call of the future", () => Error(Kernel.Call(4000)));
        if (!IsArm)
        {
            yield return ("x32", () => Error(Kernel.Call(0x4000_0000 | 39)));
        }

        if (isSealed)
        {
            yield return ("fork", () => Forked(Kernel.Fork()));
            yield return ("fork in place", () => Forked(Kernel.ForkInPlace()));
        }
    }

    private int ConnectToAnother()
    {
        var address = Address(targets.OtherSocket);
        return Error(Kernel.Connect(targets.UnusedSocket, address, address.Length));
    }

    private int BindAnother()
    {
        var address = Address(Path.Combine(targets.SocketFolder, "other"));
        return Error(Kernel.Bind(targets.UnusedSocket, address, address.Length));
    }

    private static int SetOwnLimit()
    {
        Span<ulong> limits = stackalloc ulong[2];
        _ = Kernel.Limit(0, 7, 0, limits);
        return Error(Kernel.SetLimit(0, 7, limits, 0));
    }

    private static byte[] Address(string path) => [Unix, 0, .. Encoding.UTF8.GetBytes(path), 0];

    private static int Forked(int process)
    {
        if (process == 0)
        {
            Kernel.Exit(0);
        }

        return Error(process);
    }

    private static int With(int file, Func<int, int> use, bool close = true)
    {
        if (file < 0)
        {
            return -Marshal.GetLastPInvokeError();
        }

        var error = use(file);
        if (close)
        {
            _ = Kernel.Close(file);
        }

        return error;
    }

    private static int Open(int file)
    {
        var error = Error(file);
        if (error == 0)
        {
            _ = Kernel.Close(file);
        }

        return error;
    }

    private static int Error(nint answer) => answer < 0 ? Marshal.GetLastPInvokeError() : 0;
}
