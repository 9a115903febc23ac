using System.Diagnostics;
using System.Text;
using JsRun.Scheduling;

namespace JsRun.Images.Building;

/// <summary>Runs jobs, each in a process of its own. Thread-safe.</summary>
internal sealed class WorkerProcess(WorkerLocation location, TimeProvider time)
{
    public const long MaxMemoryBytes = 2L << 30;

    // For the process and the web layer, and for each context beside: the machine may be busy, and workers are the least urgent on it.
    private static readonly TimeSpan TimeForAll = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeForEach = TimeSpan.FromMilliseconds(500);

    // Signals by which V8 and the runtime end a process that cannot go on: ILL, TRAP, ABRT, BUS, FPE, SEGV.
    private static readonly int[] Crashes = [4, 5, 6, 7, 8, 11];
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "DOTNET_ROOT", "LD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"];

    private const int SignalBase = 128;
    private const int MostErrorText = 8 * 1024;

    /// <summary>The longest that a job may take.</summary>
    public static TimeSpan TimeLimitOf(WorkerJob job) => TimeForAll + (TimeForEach * job.Contexts.Count);

    /// <summary>Called with the id of each process that was started.</summary>
    public Action<int>? Started { get; set; }

    /// <exception cref="WorkerException">There is no reply, or it tells of an error.</exception>
    public async Task<(WorkerReply Reply, byte[] Blob)> RunAsync(WorkerJob job, ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        var timeLimit = TimeLimitOf(job);
        using var deadline = new CancellationTokenSource(timeLimit, GuardedTime.Of(time));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var process = Start();
        Started?.Invoke(process.Id);
        // Sent before the cancelling caller goes on: the application may be about to end.
        using var kill = either.Token.UnsafeRegister(static process => Kill((Process)process!), process);
        var errors = ReadErrorsAsync(process.StandardError);
        try
        {
            var reading = WorkerFrame.ReadAsync(process.StandardOutput.BaseStream, WorkerJson.Default.WorkerReply, either.Token);
            try
            {
                await WorkerFrame.WriteAsync(process.StandardInput.BaseStream, job, WorkerJson.Default.WorkerJob, blob, either.Token).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It has ended: what it has to say is in its reply, or in how it ended.
            }

            var (reply, built) = await reading.ConfigureAwait(false);
            return reply.Error is { } error ? throw new WorkerException(error, isFault: true) : (reply, built);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new WorkerException($"the worker took longer than {timeLimit.TotalSeconds} s", isFault: true) { IsTimeout = true };
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is EndOfStreamException or IOException)
        {
            throw new WorkerException($"the worker took longer than {timeLimit.TotalSeconds} s", isFault: true, e) { IsTimeout = true };
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            throw Ended(process.ExitCode, await errors.ConfigureAwait(false), e);
        }
        finally
        {
            Kill(process);
            await errors.ConfigureAwait(false);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(location.Program, location.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // What runs there is a function's code: the application's secrets are none of its business.
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw new WorkerException($"JsRun.Worker could not be started: {e.Message}", isFault: false, e);
        }
    }

    private static WorkerException Ended(int exitCode, string errors, Exception inner)
    {
        var signal = exitCode - SignalBase;
        var isFault = exitCode == WorkerGuards.OutOfMemory || Crashes.Contains(signal);
        var how = exitCode == WorkerGuards.OutOfMemory ? "" : signal > 0 ? $"the worker was ended by signal {signal}" : $"the worker ended with code {exitCode}";
        var why = Cause(errors);
        return new WorkerException(string.Join(": ", new[] { how, why }.Where(s => s.Length > 0)), isFault, inner);
    }

    /// <summary>The telling line of what V8 or the runtime wrote before the end.</summary>
    private static string Cause(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.TrimStart('#', ' ')).Where(l => l.Length > 0).ToArray();
        return lines.FirstOrDefault(l => !l.StartsWith("Fatal error in", StringComparison.Ordinal)) ?? "";
    }

    private static async Task<string> ReadErrorsAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer.AsMemory()).ConfigureAwait(false) is var count && count > 0)
            {
                text.Append(buffer, 0, Math.Min(count, MostErrorText - text.Length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // What was read is what there is.
        }

        return text.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            // Not the whole tree, of which there is none: to find it .NET stops the process first, and a stopped one is there for ever if this process ends in between.
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
