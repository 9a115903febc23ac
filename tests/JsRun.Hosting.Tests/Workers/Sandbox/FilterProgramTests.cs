using JsRun.Interop;
using JsRun.Workers.Sandbox;
using Processor = System.Runtime.InteropServices.Architecture;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

/// <summary>The filters of system calls, run by an interpreter: so those of the other architecture, too.</summary>
public sealed class FilterProgramTests
{
    private const int Denied = 1;
    private const int Missing = 38;
    private const int Worker = 4711;
    private const uint I386 = 0x4000_0003;
    private const uint Arm = 0x4000_0028;
    private const int MostInstructions = 4096;

    // What no list names, on x86-64 and on arm64.
    private static readonly Dictionary<string, (int X64, int Arm64)> Unlisted = new()
    {
        ["execve"] = (59, 221),
        ["execveat"] = (322, 281),
        ["connect"] = (42, 203),
        ["bind"] = (49, 200),
        ["listen"] = (50, 201),
        ["memfd_create"] = (319, 279),
        ["unlinkat"] = (263, 35),
        ["renameat2"] = (316, 276),
        ["fchmodat"] = (268, 53),
        ["pidfd_open"] = (434, 434),
        ["pidfd_send_signal"] = (424, 424),
        ["inotify_add_watch"] = (254, 27),
        ["setpriority"] = (141, 140),
        ["setrlimit"] = (160, 164),
        ["tkill"] = (200, 130),
        ["splice"] = (275, 76),
        ["shmget"] = (29, 194),
        ["seccomp"] = (317, 277),
        ["flock"] = (73, 32),
        ["fork"] = (57, -1),
        ["vfork"] = (58, -1),
        ["creat"] = (85, -1),
        ["unlink"] = (87, -1),
        ["chmod"] = (90, -1),
        ["rename"] = (82, -1),
    };

    public static TheoryData<Processor> Architectures => [Processor.X64, Processor.Arm64];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Launch_WhatNoWorkerNeeds_IsDenied(Processor architecture)
    {
        var filter = Launch(architecture);

        foreach (var name in (string[])["ptrace", "process_vm_readv", "mount", "bpf", "keyctl", "userfaultfd", "perf_event_open", "io_uring_setup", "kexec_load", "finit_module", "unshare", "setns", "pidfd_getfd", "open_by_handle_at"])
        {
            filter.Call(name).ShouldBe(Denied, name);
        }

        filter.Call("socket", 2, 1).ShouldBe(Denied);
        filter.Call("socket", 16, 3).ShouldBe(Denied);
        filter.Call("clone", 0x1000_0000 | 17).ShouldBe(Denied);
        filter.Call("ioctl", 0, 0x5412).ShouldBe(Denied);
        filter.Call("clone3").ShouldBe(Missing);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Launch_WhatAWorkerStartsWith_GoesThrough(Processor architecture)
    {
        var filter = Launch(architecture);

        filter.Call("execve").ShouldBe(0);
        filter.Call("socket", 1, 1).ShouldBe(0);
        filter.Call("connect").ShouldBe(0);
        filter.Call("clone", 0x003D_0F00).ShouldBe(0);
        filter.Call("openat", 0, 0, 0x41).ShouldBe(0);
        filter.Call("ioctl", 0, 0x5401).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Seal_WhatAWorkerMustNot_IsDenied(Processor architecture)
    {
        var filter = Seal(architecture);

        foreach (var name in (string[])["execve", "execveat", "socket", "socketpair", "connect", "bind", "listen", "memfd_create", "unlinkat", "renameat2", "fchmodat", "ptrace", "pidfd_open", "pidfd_send_signal", "inotify_add_watch", "setpriority", "setrlimit", "tkill", "mount", "io_uring_setup", "splice", "shmget", "seccomp", "flock"])
        {
            filter.Call(name).ShouldBe(Denied, name);
        }

        if (architecture == Processor.X64)
        {
            foreach (var name in (string[])["fork", "vfork", "creat", "unlink", "chmod", "rename"])
            {
                filter.Call(name).ShouldBe(Denied, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Seal_Arguments_Decide(Processor architecture)
    {
        var filter = Seal(architecture);

        filter.Call("clone", 0x003D_0F00).ShouldBe(0, "a thread");
        filter.Call("clone", 17).ShouldBe(Denied, "a process");
        filter.Call("clone", 0x4111).ShouldBe(Denied, "vfork");
        filter.Call("clone", 0x103D_0F00).ShouldBe(Denied, "a thread in a new namespace");
        filter.Call("clone3").ShouldBe(Missing);
        filter.Call("openat2").ShouldBe(Missing);
        foreach (var (flags, answer) in ((ulong, int)[])[(0x8_0000, 0), (0x1_0000, 0), (1, Denied), (2, Denied), (0x40, Denied), (0x200, Denied), (0x41_0000 | 2, Denied), (0x40_0000, Denied)])
        {
            filter.Call("openat", 0, 0, flags).ShouldBe(answer, $"openat {flags:X}");
        }

        foreach (var name in (string[])["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"])
        {
            filter.Call(name, Worker).ShouldBe(0, name);
            filter.Call(name, Worker + 1).ShouldBe(Denied, name);
            filter.Call(name, 0).ShouldBe(Denied, name);
            filter.Call(name, ulong.MaxValue).ShouldBe(Denied, name);
        }

        filter.Call("prctl", 15).ShouldBe(0);
        filter.Call("prctl", 4).ShouldBe(Denied);
        filter.Call("prctl", 1).ShouldBe(Denied);
        filter.Call("prlimit64", 0, 3, 0).ShouldBe(0);
        filter.Call("prlimit64", 0, 3, 1UL << 32).ShouldBe(Denied, "a pointer whose low half is zero");
        filter.Call("prlimit64", 1, 3, 0).ShouldBe(Denied);
        filter.Call("fcntl", 3, 8).ShouldBe(Denied);
        filter.Call("fcntl", 3, 3).ShouldBe(0);
        filter.Call("sendto", 3, 0, 0, 0, 0).ShouldBe(0);
        filter.Call("sendto", 3, 0, 0, 0, 1UL << 32).ShouldBe(Denied);
        filter.Call("setsockopt", 3, 1, 26).ShouldBe(Denied);
        filter.Call("setsockopt", 3, 1, 7).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Filters_ForeignArchitecturesAndNumbers_AreDenied(Processor architecture)
    {
        foreach (var filter in (Filter[])[Launch(architecture), Seal(architecture)])
        {
            filter.CallNumber(filter.Numbers["read"]).ShouldBe(0);
            FilterInterpreter.Run(filter.Program, I386, (uint)filter.Numbers["read"]).ShouldBe(Denied);
            FilterInterpreter.Run(filter.Program, Arm, (uint)filter.Numbers["read"]).ShouldBe(Denied);
            filter.CallNumber(SystemCallNumbers.Highest + 1).ShouldBe(Missing);
            filter.CallNumber(0x4000_0000 | filter.Numbers["read"]).ShouldBe(architecture == Processor.X64 ? Denied : Missing);
            filter.CallNumber(-1).ShouldNotBe(0);
            filter.Program.Length.ShouldBeLessThan(MostInstructions);
        }
    }

    // Each call that the list allows, and no other, goes through: the search finds the right rule for every number.
    [Theory]
    [MemberData(nameof(Architectures))]
    public void Seal_EachNumber_HasTheRuleOfItsName(Processor architecture)
    {
        var filter = Seal(architecture);
        var free = SystemCallLists.Seal(Worker).Where(static rule => rule.Value.Error == 0).Select(rule => filter.Numbers[rule.Key]).Where(static number => number >= 0).ToHashSet();
        var some = SystemCallLists.Seal(Worker).Where(static rule => rule.Value.Checks.Count > 0).Select(rule => filter.Numbers[rule.Key]).ToHashSet();

        var open = Enumerable.Range(0, SystemCallNumbers.Highest + 100).Where(number => !some.Contains(number) && filter.CallNumber(number) == 0);

        open.ShouldBe(free.Order());
    }

    [Fact]
    public void Numbers_OfAnotherProcessor_AreNone() => SystemCallNumbers.Of(Processor.S390x).ShouldBeNull();

    // The kernel's own headers have them so; a number that names another call would open it.
    [Theory]
    [InlineData("read", 0, 63)]
    [InlineData("clone", 56, 220)]
    [InlineData("newfstatat", 262, 79)]
    [InlineData("open", 2, -1)]
    [InlineData("prlimit64", 302, 261)]
    public void Numbers_OfBothArchitectures_AreTheKernels(string name, int x64, int arm64)
    {
        SystemCallNumbers.Of(Processor.X64)![name].ShouldBe(x64);
        SystemCallNumbers.Of(Processor.Arm64)![name].ShouldBe(arm64);
    }

    private static Filter Launch(Processor architecture) => Filter.Of(architecture, SystemCallLists.Launch(), SystemCallRule.Allow);

    private static Filter Seal(Processor architecture) => Filter.Of(architecture, SystemCallLists.Seal(Worker), SystemCallRule.Deny);

    private sealed record Filter(SystemCallNumbers Numbers, FilterInstruction[] Program)
    {
        public static Filter Of(Processor architecture, Dictionary<string, SystemCallRule> rules, SystemCallRule others)
        {
            var numbers = SystemCallNumbers.Of(architecture)!;
            return new Filter(numbers, FilterProgram.Write(numbers, rules, others, SystemCallRule.Missing));
        }

        public int Call(string name, params ReadOnlySpan<ulong> arguments)
        {
            var number = !Unlisted.TryGetValue(name, out var both) ? Numbers[name] : Numbers.HasForeignRange ? both.X64 : both.Arm64;
            number.ShouldBeGreaterThanOrEqualTo(0, name);
            return FilterInterpreter.Run(Program, Numbers.AuditArchitecture, (uint)number, arguments);
        }

        public int CallNumber(int number) => FilterInterpreter.Run(Program, Numbers.AuditArchitecture, (uint)number);
    }
}
