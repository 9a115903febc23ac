using System.Globalization;
using System.Runtime.InteropServices;

namespace JsRun.Workers.Sandbox;

/// <summary>The numbers of Linux's system calls on one processor architecture.</summary>
internal sealed class SystemCallNumbers
{
    /// <summary>The highest number that the lists know. What came later is unknown to them.</summary>
    public const int Highest = 469;

    // A name, its number on x86-64 and on arm64. A dash: the architecture has no such call.
    private const string Table = """
        read 0 63, write 1 64, open 2 -, close 3 57, stat 4 -, fstat 5 80, lstat 6 -, poll 7 -, lseek 8 62, mmap 9 222, mprotect 10 226, munmap 11 215,
        brk 12 214, rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, ioctl 16 29, pread64 17 67, pwrite64 18 68, readv 19 65, writev 20 66,
        access 21 -, pipe 22 -, select 23 -, sched_yield 24 124, mremap 25 216, msync 26 227, mincore 27 232, madvise 28 233, dup 32 23, dup2 33 -,
        pause 34 -, nanosleep 35 101, getpid 39 172, sendfile 40 71, socket 41 198, accept 43 202, sendto 44 206, recvfrom 45 207, sendmsg 46 211,
        recvmsg 47 212, shutdown 48 210, getsockname 51 204, getpeername 52 205, socketpair 53 199, setsockopt 54 208, getsockopt 55 209, clone 56 220,
        exit 60 93, wait4 61 260, kill 62 129, uname 63 160, fcntl 72 25, fsync 74 82, fdatasync 75 83, getdents 78 -, getcwd 79 17, readlink 89 -,
        umask 95 166, gettimeofday 96 169, getrlimit 97 163, getrusage 98 165, sysinfo 99 179, times 100 153, ptrace 101 117, getuid 102 174, syslog 103 116,
        getgid 104 176, geteuid 107 175, getegid 108 177, getppid 110 173, getpgrp 111 -, getgroups 115 158, getresuid 118 148, getresgid 120 150,
        getpgid 121 155, getsid 124 156, rt_sigpending 127 136, rt_sigtimedwait 128 137, rt_sigqueueinfo 129 138, rt_sigsuspend 130 133, sigaltstack 131 132,
        uselib 134 -, personality 135 92, statfs 137 43, fstatfs 138 44, getpriority 140 141, sched_getparam 143 121, sched_getscheduler 145 120,
        sched_get_priority_max 146 125, sched_get_priority_min 147 126, mlock 149 228, munlock 150 229, vhangup 153 58, modify_ldt 154 -, pivot_root 155 41,
        _sysctl 156 -, prctl 157 167, adjtimex 159 171, chroot 161 51, acct 163 89, settimeofday 164 170, mount 165 40, umount2 166 39, swapon 167 224,
        swapoff 168 225, reboot 169 142, sethostname 170 161, setdomainname 171 162, iopl 172 -, ioperm 173 -, create_module 174 -, init_module 175 105,
        delete_module 176 106, quotactl 179 60, nfsservctl 180 42, gettid 186 178, readahead 187 213, time 201 -, futex 202 98, sched_setaffinity 203 122,
        sched_getaffinity 204 123, lookup_dcookie 212 18, epoll_create 213 -, getdents64 217 61, set_tid_address 218 96, restart_syscall 219 128,
        fadvise64 221 223, clock_settime 227 112, clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115, exit_group 231 94, epoll_wait 232 -,
        epoll_ctl 233 21, tgkill 234 131, mbind 237 235, set_mempolicy 238 237, get_mempolicy 239 236, kexec_load 246 104, waitid 247 95, add_key 248 217,
        request_key 249 218, keyctl 250 219, openat 257 56, newfstatat 262 79, readlinkat 267 78, faccessat 269 48, pselect6 270 72, ppoll 271 73,
        unshare 272 97, set_robust_list 273 99, epoll_pwait 281 22, eventfd 284 -, accept4 288 242, eventfd2 290 19, epoll_create1 291 20, dup3 292 24,
        pipe2 293 59, preadv 295 69, pwritev 296 70, rt_tgsigqueueinfo 297 240, perf_event_open 298 241, recvmmsg 299 243, fanotify_init 300 262,
        fanotify_mark 301 263, prlimit64 302 261, name_to_handle_at 303 264, open_by_handle_at 304 265, clock_adjtime 305 266, sendmmsg 307 269,
        setns 308 268, getcpu 309 168, process_vm_readv 310 270, process_vm_writev 311 271, kcmp 312 272, finit_module 313 273, getrandom 318 278,
        kexec_file_load 320 294, bpf 321 280, userfaultfd 323 282, membarrier 324 283, mlock2 325 284, preadv2 327 286, pwritev2 328 287,
        pkey_mprotect 329 288, pkey_alloc 330 289, pkey_free 331 290, statx 332 291, rseq 334 293, io_uring_setup 425 425, io_uring_enter 426 426,
        io_uring_register 427 427, open_tree 428 428, move_mount 429 429, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433, clone3 435 435,
        close_range 436 436, openat2 437 437, pidfd_getfd 438 438, faccessat2 439 439, process_madvise 440 440, epoll_pwait2 441 441, mount_setattr 442 442,
        quotactl_fd 443 443, memfd_secret 447 447, process_mrelease 448 448, futex_waitv 449 449, map_shadow_stack 453 453, futex_wake 454 454,
        futex_wait 455 455, futex_requeue 456 456, mseal 462 462, open_tree_attr 467 467
        """;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private SystemCallNumbers(bool isArm, uint audit)
    {
        AuditArchitecture = audit;
        HasForeignRange = !isArm;
        Span<Range> parts = stackalloc Range[3];
        foreach (var entry in Table.AsSpan().Split(','))
        {
            var text = Table.AsSpan(entry).Trim();
            text.Split(parts, ' ');
            var number = text[parts[isArm ? 2 : 1]];
            _numbers.Add(text[parts[0]].ToString(), number is "-" ? -1 : int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What seccomp calls the architecture (<c>AUDIT_ARCH_*</c>).</summary>
    public uint AuditArchitecture { get; }

    /// <summary>Whether the same architecture has a second range of numbers: x32 on x86-64.</summary>
    public bool HasForeignRange { get; }

    /// <summary>The numbers of an architecture, or <see langword="null"/> if the lists do not have it.</summary>
    public static SystemCallNumbers? Of(Architecture architecture) => architecture switch
    {
        Architecture.X64 => new SystemCallNumbers(isArm: false, 0xC000_003E),
        Architecture.Arm64 => new SystemCallNumbers(isArm: true, 0xC000_00B7),
        _ => null,
    };

    /// <summary>The number of a call, or -1 if the architecture has none.</summary>
    /// <exception cref="KeyNotFoundException">The table does not have the name.</exception>
    public int this[string name] => _numbers[name];
}
