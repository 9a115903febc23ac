namespace JsRun.Workers.Sandbox;

/// <summary>Which system calls a worker may use. The first filter denies what no worker needs at any time; the second, which begins before the first line of a function, allows a list and denies the rest.</summary>
internal static class SystemCallLists
{
    private const int UnixSocket = 1;

    // CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
    private const uint NewNamespaces = 0x80 | 0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x1000_0000 | 0x2000_0000 | 0x4000_0000;
    private const uint CloneThread = 0x0001_0000;

    // O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE.
    private const uint OpenToWrite = 0x3 | 0x40 | 0x200 | 0x40_0000;

    private const string NeverNeeded = """
        ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
        mount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick mount_setattr quotactl quotactl_fd
        unshare setns bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
        add_key request_key keyctl kexec_load kexec_file_load init_module finit_module delete_module create_module
        open_by_handle_at name_to_handle_at fanotify_init fanotify_mark lookup_dcookie
        swapon swapoff reboot acct syslog sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex
        iopl ioperm modify_ldt personality vhangup uselib _sysctl nfsservctl memfd_secret
        """;

    // What V8, .NET's runtime, Kestrel and both kinds of C library need of a process that has started: memory, threads, time, reading files, and the sockets that are open.
    private const string NeededBySealed = """
        read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range dup dup2 dup3 pipe pipe2 sendfile fsync fdatasync fadvise64 readahead
        stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd umask
        poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
        mmap munmap mprotect mremap madvise mincore msync mlock mlock2 munlock brk pkey_alloc pkey_free pkey_mprotect mseal map_shadow_stack membarrier mbind get_mempolicy set_mempolicy
        futex futex_waitv futex_wake futex_wait futex_requeue set_robust_list rseq set_tid_address sched_yield sched_getaffinity sched_getparam sched_getscheduler
        sched_get_priority_max sched_get_priority_min gettid getpid getppid exit exit_group wait4 waitid
        clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage
        rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack restart_syscall pause
        getuid geteuid getgid getegid getgroups getresuid getresgid getpgid getpgrp getsid getpriority getrlimit uname sysinfo getcpu getrandom
        accept accept4 shutdown getsockname getpeername getsockopt recvfrom recvmsg recvmmsg sendmsg sendmmsg
        """;

    /// <summary>The first filter, which the launcher sets.</summary>
    public static Dictionary<string, SystemCallRule> Launch()
    {
        var rules = new Dictionary<string, SystemCallRule>(StringComparer.Ordinal);
        Add(rules, NeverNeeded, SystemCallRule.Deny);
        rules["socket"] = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.OneOf, UnixSocket));
        rules["socketpair"] = rules["socket"];
        rules["clone"] = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.NoBits, NewNamespaces));
        // Its flags are in memory, which a filter cannot read. The C libraries fall back to clone.
        rules["clone3"] = SystemCallRule.Missing;
        // TIOCSTI and TIOCLINUX, which type into the terminal that the host was started from.
        rules["ioctl"] = new SystemCallRule(new ArgumentCheck(1, ArgumentTest.NoneOf, 0x5412, 0x541C));
        return rules;
    }

    /// <summary>The second filter, which the worker sets on all of its threads.</summary>
    /// <param name="process">The worker's own id: it may send signals to no other process.</param>
    public static Dictionary<string, SystemCallRule> Seal(int process)
    {
        var rules = new Dictionary<string, SystemCallRule>(StringComparer.Ordinal);
        Add(rules, NeededBySealed, SystemCallRule.Allow);
        rules["clone"] = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.AllBits, CloneThread), new ArgumentCheck(0, ArgumentTest.NoBits, NewNamespaces));
        rules["clone3"] = SystemCallRule.Missing;
        rules["open"] = new SystemCallRule(new ArgumentCheck(1, ArgumentTest.NoBits, OpenToWrite));
        rules["openat"] = new SystemCallRule(new ArgumentCheck(2, ArgumentTest.NoBits, OpenToWrite));
        // Its flags are in memory, too.
        rules["openat2"] = SystemCallRule.Missing;

        var self = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.OneOf, (uint)process));
        foreach (var name in (string[])["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"])
        {
            rules[name] = self;
        }

        // PR_GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, GET_NO_NEW_PRIVS, SET_VMA: none that undoes what the sandbox did.
        rules["prctl"] = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.OneOf, 2, 3, 15, 16, 21, 39, 0x53_56_4D_41));
        // Of the process itself, and without new limits: glibc reads the size of the stack.
        rules["prlimit64"] = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.OneOf, 0), new ArgumentCheck(2, ArgumentTest.IsNull));
        rules["sched_setaffinity"] = new SystemCallRule(new ArgumentCheck(0, ArgumentTest.OneOf, 0));
        // F_DUPFD, GETFD, SETFD, GETFL, SETFL, F_DUPFD_CLOEXEC, F_SETPIPE_SZ, F_GETPIPE_SZ: no owner that signals are sent to, no locks and leases that the host would wait for.
        rules["fcntl"] = new SystemCallRule(new ArgumentCheck(1, ArgumentTest.OneOf, 0, 1, 2, 3, 4, 1030, 1031, 1032));
        // TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX.
        rules["ioctl"] = new SystemCallRule(new ArgumentCheck(1, ArgumentTest.OneOf, 0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451));
        // SO_REUSEADDR, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO of SOL_SOCKET: no programs on sockets.
        rules["setsockopt"] = new SystemCallRule(new ArgumentCheck(1, ArgumentTest.OneOf, 1), new ArgumentCheck(2, ArgumentTest.OneOf, 2, 7, 8, 9, 13, 20, 21));
        // Without an address: to whom the socket is connected.
        rules["sendto"] = new SystemCallRule(new ArgumentCheck(4, ArgumentTest.IsNull));
        return rules;
    }

    private static void Add(Dictionary<string, SystemCallRule> rules, string names, SystemCallRule rule)
    {
        foreach (var name in names.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            rules.Add(name, rule);
        }
    }
}
