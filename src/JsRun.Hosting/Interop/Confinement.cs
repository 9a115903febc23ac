using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace JsRun.Interop;

/// <summary>The calls of Linux with which a process gives up rights. Each answers -1 and sets the last error if the kernel refuses.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Confinement
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;
    private const int AskVersion = 1;
    private const int PathRule = 1;
    private const int SetFilterOf = 1;
    private const int AskAction = 2;

    private static readonly nint SeccompCall = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317;

    /// <summary>Returns the version of Landlock's interface, or -1 without Landlock.</summary>
    public static int GetLandlockVersion() => (int)Call(CreateRuleset, 0, 0, AskVersion);

    /// <summary>Makes a ruleset that denies all of the rights, until rules allow some.</summary>
    /// <param name="rights">The rights of files, of TCP, and the scopes: as many as the version knows.</param>
    /// <returns>A descriptor.</returns>
    public static int CreateLandlockRuleset(ReadOnlySpan<ulong> rights) => (int)CallWithRights(CreateRuleset, rights, rights.Length * sizeof(ulong), 0);

    /// <summary>Allows rights in a folder and all below it, or on a file.</summary>
    public static int AllowPath(int ruleset, ulong rights, SafeFileHandle path)
    {
        // struct landlock_path_beneath_attr is packed.
        Span<byte> rule = stackalloc byte[sizeof(ulong) + sizeof(int)];
        MemoryMarshal.Write(rule, rights);
        MemoryMarshal.Write(rule[sizeof(ulong)..], (int)path.DangerousGetHandle());
        return (int)CallWithRule(AddRule, ruleset, PathRule, rule, 0);
    }

    /// <summary>Applies a ruleset to the calling thread and what it starts.</summary>
    public static int RestrictThread(int ruleset) => (int)Call(RestrictSelf, ruleset, 0, 0);

    /// <summary>Asks whether filters may answer calls in a way (<c>SECCOMP_RET_*</c>): 0 if they may.</summary>
    public static int AskForAction(uint action) => (int)CallWithAction(SeccompCall, AskAction, 0, action);

    /// <summary>Offers a filter without a program, which the kernel refuses: the error tells whether it knows the flags.</summary>
    public static int OfferNoFilter(int flags) => (int)Call(SeccompCall, SetFilterOf, flags, 0);

    /// <summary>Sets a filter of system calls.</summary>
    /// <param name="flags">The <c>SECCOMP_FILTER_FLAG_*</c>.</param>
    /// <param name="program">The program.</param>
    public static int SetFilter(int flags, FilterInstruction[] program)
    {
        var pin = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            var argument = new Program { Length = (ushort)program.Length, Instructions = pin.AddrOfPinnedObject() };
            return (int)CallWithProgram(SeccompCall, SetFilterOf, flags, argument);
        }
        finally
        {
            pin.Free();
        }
    }

    /// <summary>Reads or sets an attribute of the process, as <c>prctl(2)</c> does.</summary>
    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Control(int option, nint value = 0, nint third = 0, nint fourth = 0, nint fifth = 0);

    /// <summary>Sets both the soft and the hard limit of a resource of the process.</summary>
    public static int SetLimit(int resource, ulong most)
    {
        var limit = new Limit { Soft = most, Hard = most };
        return SetLimit(resource, limit);
    }

    /// <summary>Gives up all capabilities of the calling thread.</summary>
    public static int DropCapabilities()
    {
        // Version 3, of this thread; effective, permitted and inheritable, twice.
        ReadOnlySpan<uint> header = [0x2008_0522, 0];
        ReadOnlySpan<uint> none = [0, 0, 0, 0, 0, 0];
        return SetCapabilities(header, none);
    }

    /// <summary>Returns the process that started this one.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int GetParent();

    /// <summary>Replaces the program of this process, which keeps what the calling thread has given up. Returns only if that fails.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its name and arguments, and a <see langword="null"/>.</param>
    /// <param name="environment">Its environment, and a <see langword="null"/>.</param>
    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CallWithRights(nint number, ReadOnlySpan<ulong> rights, nint size, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CallWithRule(nint number, nint ruleset, nint type, ReadOnlySpan<byte> rule, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CallWithAction(nint number, nint operation, nint flags, in uint action);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CallWithProgram(nint number, nint operation, nint flags, in Program program);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int SetCapabilities(ReadOnlySpan<uint> header, ReadOnlySpan<uint> sets);

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public nint Instructions;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
