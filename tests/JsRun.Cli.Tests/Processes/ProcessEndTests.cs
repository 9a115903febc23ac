using System.Diagnostics;
using System.Globalization;
using JsRun.Cli.Commands;

namespace JsRun.Cli.Tests.Processes;

public sealed class ProcessEndTests
{
    private const int Hangup = 128 + 1;

    public static bool HasGnuLibrary => OperatingSystem.IsLinux() && !System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    [Fact(Skip = "The GNU C library's exit handlers are needed", SkipUnless = nameof(HasGnuLibrary))]
    public async Task Exit_NothingRunsInV8_IsAnOrdinaryOne() => (await RunAsync("console.log('begun'); throw 1", interrupt: false)).ShouldBe(Hangup);

    [Fact(Skip = "The GNU C library's exit handlers are needed", SkipUnless = nameof(HasGnuLibrary))]
    public async Task Exit_AThreadThatWasAbandonedRunsInV8_LeavesWithTheExitCode() =>
        (await RunAsync("console.log('begun'); 'x'.repeat(2e8).replaceAll('x', 'yy').length", interrupt: true)).ShouldBe(1);

    private static async Task<int> RunAsync(string code, bool interrupt)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(EvalCommand).Assembly.Location, "eval", code]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ProcessEndTests).Assembly.Location;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("begun");
        if (interrupt)
        {
            // The script does not look at it: its thread is abandoned.
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await error;
        return process.ExitCode;
    }
}
