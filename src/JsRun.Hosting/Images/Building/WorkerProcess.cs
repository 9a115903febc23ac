using System.Diagnostics;
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
    private static readonly Dictionary<string, string> Environment = new() { ["DOTNET_TieredCompilation"] = "1" };

    private const int SignalBase = 128;

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
        using var process = ChildProcess.Start(location.Program, location.Arguments, Environment);
        Started?.Invoke(process.Id);
        // Sent before the cancelling caller goes on: the application may be about to end.
        using var kill = either.Token.UnsafeRegister(static process => ChildProcess.Kill((Process)process!), process);
        var errors = ChildProcess.ReadErrorsAsync(process);
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
            ChildProcess.Kill(process);
            await errors.ConfigureAwait(false);
        }
    }

    private static WorkerException Ended(int exitCode, string errors, Exception inner)
    {
        var signal = exitCode - SignalBase;
        var isFault = exitCode == WorkerGuards.OutOfMemory || Crashes.Contains(signal);
        var how = exitCode == WorkerGuards.OutOfMemory ? "" : signal > 0 ? $"the worker was ended by signal {signal}" : $"the worker ended with code {exitCode}";
        var why = ChildProcess.CauseOf(errors);
        return new WorkerException(string.Join(": ", new[] { how, why }.Where(s => s.Length > 0)), isFault, inner);
    }
}
