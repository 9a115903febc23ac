using System.Collections;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using JsRun.Interop;

namespace JsRun.Workers.Sandbox;

/// <summary>
/// What runs in JsRun.Worker as a launcher: gives up rights, and then executes the worker in the same process. It is a process of its own because rights are given up for a thread and for whatever
/// that thread starts: in the host, .NET would start threads of its pool from it.
/// </summary>
internal static class SandboxLauncher
{
    /// <summary>What the launcher exits with if it cannot execute the worker.</summary>
    public const int Failed = 126;

    private const int SetParentDeathSignal = 1;
    private const int SetNoNewPrivileges = 38;
    private const int Kill = 9;
    private const int LimitOfData = 2;
    private const int LimitOfCore = 4;

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    // What the runtimes read beside the policy's: measured with strace, for .NET 10 and V8 on Debian, with the places that other distributions have. What does not exist adds nothing.
    private static readonly string[] Files =
    [
        "/dev/null", "/dev/urandom", "/proc/meminfo", "/proc/cpuinfo", "/etc/ld.so.cache", "/etc/localtime", "/etc/os-release",
        "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf", "/usr/lib/ssl/openssl.cnf",
    ];

    private static readonly string[] Folders = ["/sys/fs/cgroup", "/sys/devices/system/cpu", "/sys/devices/system/node", "/usr/share/zoneinfo", "/etc/crypto-policies/back-ends"];

    private static readonly string[] Interpreters = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1"];

    /// <summary>Called by the executable, by this name.</summary>
    /// <param name="arguments">What <see cref="SandboxPolicy.ToArguments"/> returned.</param>
    /// <returns>An exit code. If all goes well the method does not return: the process has become the worker.</returns>
    public static int Run(string[] arguments)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new SandboxException("The launcher is for Linux: on other systems the worker is started without it.");
            }

            var (policy, command) = SandboxPolicy.Parse(arguments);
            Execute(policy, command);
            return 0;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"The worker was not started: {e.Message}");
            return Failed;
        }
    }

    [SupportedOSPlatform("linux")]
    private static void Execute(SandboxPolicy policy, string[] command)
    {
        var program = RealPath(command[0]);
        string?[] arguments = [.. command, null];
        var measures = new List<SandboxMeasure>();
        BeEndedFirst();

        SandboxException.ThrowIfFailed(Confinement.Control(SetNoNewPrivileges, 1), "prctl(PR_SET_NO_NEW_PRIVS)");
        measures.Add(new SandboxMeasure(WorkerSandbox.NoNewPrivileges, true));
        SandboxException.ThrowIfFailed(Confinement.SetLimit(LimitOfCore, 0), "setrlimit(RLIMIT_CORE)");
        measures.Add(new SandboxMeasure("noCoreDumps", true));
        if (policy.MaxMemoryBytes is { } bytes)
        {
            SandboxException.ThrowIfFailed(Confinement.SetLimit(LimitOfData, (ulong)bytes), "setrlimit(RLIMIT_DATA)");
            measures.Add(new SandboxMeasure("memory", true, $"{bytes >> 20} MiB"));
        }

        var version = Confinement.GetLandlockVersion();
        var landlock = version > 0 ? Rules(policy, program, version) : null;
        measures.Add(landlock is null
            ? WorkerSandbox.Detect().Measures.First(static m => m.Name == WorkerSandbox.Landlock)
            : new SandboxMeasure(WorkerSandbox.Landlock, true, WorkerSandbox.LandlockExtent(version)));
        var trouble = WorkerSandbox.FindFilterTrouble();
        var filter = trouble is null ? FilterProgram.Write(SystemCallNumbers.Of(RuntimeInformation.ProcessArchitecture)!, SystemCallLists.Launch(), SystemCallRule.Allow, SystemCallRule.Missing) : null;
        measures.Add(new SandboxMeasure(WorkerSandbox.SystemCalls, trouble is null, trouble));
        measures.Add(new SandboxMeasure("noCapabilities", true));
        measures.Add(new SandboxMeasure("endsWithHost", true));
        var environment = Environment(new SandboxReport(measures));

        // From here on nothing but calls of the kernel, and none of them twice.
        // With no_new_privs a program that root executes gets back none of the capabilities that are given up here.
        SandboxException.ThrowIfFailed(Confinement.DropCapabilities(), "capset");
        SandboxException.ThrowIfFailed(Confinement.Control(SetParentDeathSignal, Kill), "prctl(PR_SET_PDEATHSIG)");
        if (Confinement.GetParent() != policy.ParentProcess)
        {
            throw new SandboxException($"The host (process {policy.ParentProcess}) has ended, or is not the parent of this process.");
        }

        landlock?.Apply();
        if (filter is not null)
        {
            SandboxException.ThrowIfFailed(Confinement.SetFilter(0, filter), "seccomp");
        }

        SandboxException.ThrowIfFailed(Confinement.Execute(program, arguments, environment), $"execve of {program}");
    }

    [SupportedOSPlatform("linux")]
    private static Landlock Rules(SandboxPolicy policy, string program, int version)
    {
        var rules = new Landlock(version);
        rules.AllowExecuting(program);
        foreach (var interpreter in Interpreters)
        {
            rules.AllowExecuting(interpreter);
        }

        // The frameworks beside `dotnet`; a worker that brings its own has them among its assemblies.
        var root = Path.GetDirectoryName(program)!;
        rules.AllowReadingBelow(Path.Combine(root, "host"));
        rules.AllowReadingBelow(Path.Combine(root, "shared"));
        foreach (var folder in LibraryFolders(root))
        {
            rules.AllowReadingBelow(folder);
        }

        foreach (var file in Files)
        {
            rules.AllowReading(file);
        }

        foreach (var folder in Folders)
        {
            rules.AllowReadingBelow(folder);
        }

        // The worker has the same id.
        rules.AllowReadingBelow($"/proc/{System.Environment.ProcessId}");
        foreach (var folder in policy.AssemblyFolders)
        {
            AllowAssemblies(rules, folder);
        }

        foreach (var path in policy.ReadablePaths)
        {
            if (File.Exists(path))
            {
                rules.AllowReading(path);
            }
            else
            {
                rules.AllowReadingBelow(path);
            }
        }

        foreach (var file in policy.WritableFiles)
        {
            rules.AllowWriting(file);
        }

        rules.AllowSocketsIn(policy.SocketFolder);
        return rules;
    }

    [SupportedOSPlatform("linux")]
    private static void AllowAssemblies(Landlock rules, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        rules.AllowListing(folder);
        rules.AllowReadingBelow(Path.Combine(folder, "runtimes"));
        foreach (var file in Directory.EnumerateFiles(folder, "*", All))
        {
            if (IsOfAProgram(file))
            {
                rules.AllowReading(file);
            }
        }
    }

    private static bool IsOfAProgram(string file) => Path.GetExtension(file.AsSpan()) is ".dll" or ".so" or ".dat" or ".pdb"
        || file.EndsWith(".deps.json", StringComparison.Ordinal)
        || file.EndsWith(".runtimeconfig.json", StringComparison.Ordinal);

    // Where this process has its libraries from, the worker has them too, and those that it loads later: ICU, OpenSSL.
    private static HashSet<string> LibraryFolders(string root)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var start = line.IndexOf('/', StringComparison.Ordinal);
            if (start < 0 || !line.Contains(".so", StringComparison.Ordinal))
            {
                continue;
            }

            var folder = Path.GetDirectoryName(line[start..])!;
            if (folder != "/" && !folder.StartsWith(root, StringComparison.Ordinal))
            {
                folders.Add(folder);
            }
        }

        return folders;
    }

    private static string RealPath(string program) => File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;

    private static string?[] Environment(SandboxReport report)
    {
        var environment = new List<string?>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if ((string)variable.Key != WorkerSandbox.ReportVariable)
            {
                environment.Add($"{variable.Key}={variable.Value}");
            }
        }

        environment.Add($"{WorkerSandbox.ReportVariable}={report}");
        environment.Add(null);
        return [.. environment];
    }

    // Where the machine is short of memory the kernel ends a worker, and not the host. The worker itself cannot write there later.
    private static void BeEndedFirst()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "500");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is ended as late as the host then.
        }
    }
}
