using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using JsRun.Interop;

namespace JsRun.Workers.Sandbox;

/// <summary>
/// The sandbox of a worker, in two stages: <see cref="SandboxLauncher"/> restricts a process before it executes the worker, and the worker seals itself before the first line of a function.
/// </summary>
internal static class WorkerSandbox
{
    /// <summary>The environment variable in which the launcher tells the worker what it applied.</summary>
    public const string ReportVariable = "JSRUN_SANDBOX";

    /// <summary>The names of the measures, as <c>/_jsrun</c> shows them.</summary>
    public const string NoNewPrivileges = "noNewPrivileges";

    /// <inheritdoc cref="NoNewPrivileges"/>
    public const string Landlock = "landlock";

    /// <inheritdoc cref="NoNewPrivileges"/>
    public const string SystemCalls = "systemCalls";

    /// <inheritdoc cref="NoNewPrivileges"/>
    public const string Sealed = "sealed";

    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;
    private const int GetNoNewPrivileges = 39;

    private const uint AnswerError = 0x0005_0000;
    private const int AllThreads = 1;
    private const int BadAddress = 14;

    /// <summary>Returns which measures a worker on this machine would have. Applies none.</summary>
    public static SandboxReport Detect()
    {
        if (!OperatingSystem.IsLinux())
        {
            var reason = $"{RuntimeInformation.OSDescription} has none that JsRun uses: a worker is a process of its own, with all rights of its user";
            return new SandboxReport([.. ((string[])[NoNewPrivileges, Landlock, SystemCalls, Sealed]).Select(name => new SandboxMeasure(name, false, reason))]);
        }

        var version = Confinement.GetLandlockVersion();
        var filters = FindFilterTrouble();
        return new SandboxReport(
        [
            Confinement.Control(GetNoNewPrivileges) >= 0 ? new SandboxMeasure(NoNewPrivileges, true) : new SandboxMeasure(NoNewPrivileges, false, "the kernel does not have it"),
            version > 0 ? new SandboxMeasure(Landlock, true, LandlockExtent(version)) : new SandboxMeasure(Landlock, false, "the kernel does not have it (Linux 5.13 with CONFIG_SECURITY_LANDLOCK, enabled by lsm=…,landlock), or a container denies it"),
            new SandboxMeasure(SystemCalls, filters is null, filters),
            new SandboxMeasure(Sealed, filters is null, filters),
        ]);
    }

    /// <summary>
    /// Takes from this process, on all of its threads, what a running worker does not need: new processes, new sockets, writing to files, signals to others. To be called when the worker
    /// listens and is connected, and before any code of a function is evaluated. What is open remains open. There is no way back.
    /// </summary>
    /// <returns>All measures, those of the launcher included.</returns>
    /// <exception cref="SandboxException">The kernel has a measure and refuses it. The process must end.</exception>
    public static SandboxReport Seal()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Detect();
        }

        var before = Environment.GetEnvironmentVariable(ReportVariable) is { } text ? SandboxReport.Parse(text).Measures : [.. Detect().Measures.Where(static m => m.Name != Sealed).Select(static m => m with { IsApplied = false, Detail = "the worker was started without the launcher" })];
        return new SandboxReport([.. before, SealThreads()]);
    }

    /// <summary>Returns why the machine cannot filter system calls, or <see langword="null"/> if it can.</summary>
    [SupportedOSPlatform("linux")]
    internal static string? FindFilterTrouble()
    {
        if (SystemCallNumbers.Of(RuntimeInformation.ProcessArchitecture) is null)
        {
            return $"there are no lists for {RuntimeInformation.ProcessArchitecture}";
        }

        // Without a program, which is at a bad address then.
        return Confinement.AskForAction(AnswerError) == 0 && Confinement.OfferNoFilter(AllThreads) < 0 && Marshal.GetLastPInvokeError() == BadAddress
            ? null
            : "the kernel does not have it (Linux 4.14 with CONFIG_SECCOMP_FILTER), or a container denies it";
    }

    /// <summary>Describes how much of Landlock a version has.</summary>
    internal static string LandlockExtent(int version) => $"abi {version}";

    [SupportedOSPlatform("linux")]
    private static SandboxMeasure SealThreads()
    {
        if (FindFilterTrouble() is { } trouble)
        {
            return new SandboxMeasure(Sealed, false, trouble);
        }

        // For this thread; with the filter it goes to the others.
        SandboxException.ThrowIfFailed(Confinement.Control(SetNoNewPrivileges, 1), "prctl(PR_SET_NO_NEW_PRIVS)");
        SandboxException.ThrowIfFailed(Confinement.Control(SetDumpable, 0), "prctl(PR_SET_DUMPABLE)");
        var numbers = SystemCallNumbers.Of(RuntimeInformation.ProcessArchitecture)!;
        var program = FilterProgram.Write(numbers, SystemCallLists.Seal(Environment.ProcessId), SystemCallRule.Deny, SystemCallRule.Missing);
        var answer = Confinement.SetFilter(AllThreads, program);
        SandboxException.ThrowIfFailed(answer, "seccomp");
        if (answer > 0)
        {
            throw new SandboxException($"seccomp failed: thread {answer} has other filters.");
        }

        return new SandboxMeasure(Sealed, true);
    }
}
