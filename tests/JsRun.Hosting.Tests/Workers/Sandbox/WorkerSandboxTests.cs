using System.Runtime.InteropServices;
using JsRun.Workers.Sandbox;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

/// <summary>A process that is launched and sealed as a worker is, and tries what code would that has taken over V8.</summary>
public sealed class WorkerSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private const int PermissionDenied = 1;
    private const int AccessDenied = 13;
    private const int Missing = 38;
    private const int KilledBySignal = 128 + 9;

    // Attacks that succeed without the sandbox for any user: they show that the test can fail.
    private static readonly string[] Everyones =
    [
        "internet socket", "netlink socket", "read /etc/passwd", "read the settings of the application", "read through a symbolic link", "write into the cache", "overwrite a file of the cache",
        "write into the socket's folder", "make a file unreadable", "rename a file", "make a symbolic link", "remove a file", "lock a file that the host opens", "watch files",
        "connect to another socket", "bind a socket", "spawn a program", "file in memory", "read the environment of the host", "write own memory as a file", "signal to the host", "signal to a thread of the host", "signal to the group",
        "descriptor of the host", "signal through a descriptor", "signal through a pipe", "limits of the host", "set limits", "priority of the host", "dumpable again", "outlive the host",
    ];

    [Fact]
    public void Attacks_InTheSandbox_AllFail()
    {
        var result = Result(fixture.Sealed);

        result.Attacks.Count.ShouldBeGreaterThan(45);
        result.Attacks.Where(static attack => attack.Value is not (PermissionDenied or AccessDenied or Missing)).ShouldBeEmpty();
    }

    [Fact]
    public void Attacks_WithoutTheSandbox_Succeed()
    {
        var result = Result(fixture.Open);

        Everyones.Where(name => result.Attacks[name] != 0).Select(name => $"{name}: {result.Attacks[name]}").ShouldBeEmpty();
        // Not for want of rights.
        result.Attacks["execute a program"].ShouldBe(2);
        result.Attacks["execute a descriptor"].ShouldBe(9);
    }

    [Fact]
    public void Scripts_InTheSandbox_WorkAsEver()
    {
        var result = Result(fixture.Sealed);

        result.Work.ShouldBe("3000000|1.234,50 €|1 January 1970|36");
        result.Echo.ShouldBe("hello");
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Status_InTheSandbox_IsTheKernels()
    {
        var status = Result(fixture.Sealed).Status.Select(static line => line.Split(':', StringSplitOptions.TrimEntries)).ToDictionary(static parts => parts[0], static parts => parts[1]);

        status["NoNewPrivs"].ShouldBe("1");
        status["Seccomp"].ShouldBe("2");
        int.Parse(status["Seccomp_filters"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(2);
        status["CapEff"].Trim('0').ShouldBeEmpty();
        status["CapPrm"].Trim('0').ShouldBeEmpty();
    }

    [Fact]
    public void Report_OfASealedWorker_HasEachMeasure()
    {
        var report = Result(fixture.Sealed).Report;

        report.Keys.ShouldBe(["noNewPrivileges", "noCoreDumps", "memory", "landlock", "systemCalls", "noCapabilities", "endsWithHost", "sealed"]);
        report["noNewPrivileges"].GetBoolean().ShouldBeTrue();
        report["memory"].GetString().ShouldBe("4096 MiB");
        report["landlock"].GetString()!.ShouldStartWith("abi ");
        report["sealed"].GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Worker_WhoseStartingThreadEnds_EndsAsWell()
    {
        _ = Result(fixture.Sealed);
        var end = new TaskCompletionSource();
        using var process = await fixture.LaunchAsync(fixture.Policy("sealed"), ["/usr/bin/cat"], end.Task);
        await process.StandardInput.WriteLineAsync("here".AsMemory(), TestContext.Current.CancellationToken);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("here", "the program was not executed");

        end.SetResult();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(KilledBySignal);
    }

    [Fact]
    public async Task Launcher_WhoseHostHasEnded_ExecutesNothing()
    {
        _ = Result(fixture.Sealed);
        using var process = await fixture.LaunchAsync(fixture.Policy("sealed") with { ParentProcess = 1 }, ["/usr/bin/cat"]);

        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(SandboxLauncher.Failed);
        errors.ShouldContain("The worker was not started: The host (process 1) has ended");
    }

    [Fact]
    public void Detect_OnThisMachine_GivesAReasonForWhatIsMissing()
    {
        var report = WorkerSandbox.Detect();

        report.Measures.Select(static measure => measure.Name).ShouldBe(["noNewPrivileges", "landlock", "systemCalls", "sealed"]);
        report.Measures.Where(static measure => !measure.IsApplied).ShouldAllBe(static measure => measure.Detail!.Length > 0);
        report.IsComplete.ShouldBe(report.Missing.Length == 0);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            report.Missing.ShouldContain("with all rights of its user");
        }
    }

    private ProbeResult Result(ProbeResult? result)
    {
        Assert.SkipWhen(fixture.Reason is not null, $"This machine has no whole sandbox: {fixture.Reason}");
        return result!;
    }
}
