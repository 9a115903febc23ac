using System.Collections.Concurrent;
using System.Diagnostics;
using JsRun.Images.Building;
using JsRun.Workers.Sandbox;

namespace JsRun.Workers;

/// <summary>
/// Starts worker processes, all from one thread: on Linux a worker ends with the thread that started it, and so with the host. Thread-safe.
/// </summary>
internal sealed class WorkerLauncher : IDisposable
{
    private const string RuntimeConfiguration = "JsRun.Worker.Serving.runtimeconfig.json";

    private readonly BlockingCollection<Action> _starts = [];
    private readonly Lock _lock = new();
    private Thread? _thread;

    /// <param name="policy">What the process may reach, or <see langword="null"/> if it is not confined.</param>
    /// <param name="maxHeapBytes">The limit of .NET's own memory there.</param>
    /// <exception cref="WorkerException">There is no worker, or nothing to run it with.</exception>
    public Task<Process> StartAsync(SandboxPolicy? policy, long maxHeapBytes)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_thread is null)
            {
                _thread = new Thread(Work) { IsBackground = true, Name = "JsRun worker launcher" };
                _thread.Start();
            }
        }

        _starts.Add(() =>
        {
            try
            {
                started.SetResult(Start(policy, maxHeapBytes));
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    /// <summary>Returns the paths of the runtime, of the worker, and of the configuration with which it hosts functions.</summary>
    /// <exception cref="WorkerException">Something is missing.</exception>
    public static (string Program, string Worker, string Configuration) Locate()
    {
        var location = WorkerLocation.Find();
        if (location.Arguments is not ["exec", var worker])
        {
            throw new WorkerException("the worker that was published with a runtime of its own builds images only: publish the application without one (--self-contained false)", isFault: false);
        }

        var folder = Path.GetDirectoryName(worker)!;
        var configuration = Path.Combine(folder, RuntimeConfiguration);
        return !File.Exists(configuration) ? throw new WorkerException($"{RuntimeConfiguration} is not beside JsRun.Worker.dll ({folder})", isFault: false)
            : !File.Exists(Path.Combine(folder, "JsRun.AspNetCore.dll")) ? throw new WorkerException($"JsRun.AspNetCore.dll is not beside JsRun.Worker.dll ({folder})", isFault: false)
            : (location.Program, worker, configuration);
    }

    /// <summary>Ends the thread: there must be no workers any more.</summary>
    public void Dispose() => _starts.CompleteAdding();

    private void Work()
    {
        foreach (var start in _starts.GetConsumingEnumerable())
        {
            start();
        }

        _starts.Dispose();
    }

    private static Process Start(SandboxPolicy? policy, long maxHeapBytes)
    {
        var (program, worker, configuration) = Locate();
        string[] serve = ["exec", "--runtimeconfig", configuration, worker, "serve"];
        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = $"0x{maxHeapBytes:x}", ["DOTNET_TieredPGO"] = "0" };
        return ChildProcess.Start(program, policy is null ? serve : ["exec", worker, .. policy.ToArguments(program, serve)], environment, AppContext.BaseDirectory);
    }
}
