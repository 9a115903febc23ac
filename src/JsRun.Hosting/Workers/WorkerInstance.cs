using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using JsRun.Images.Building;
using JsRun.Scheduling;
using JsRun.Workers.Brokering;
using JsRun.Workers.Sandbox;

namespace JsRun.Workers;

/// <summary>One worker process, from its start to its end. Thread-safe.</summary>
internal sealed class WorkerInstance : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;
    private readonly RunningFunctions _running;
    private readonly WorkerConnection _connection;
    private readonly Task<string> _errors;
    private readonly ConcurrentDictionary<int, Task<FunctionReport>> _functions = new();
    private int _inFlight;
    private volatile bool _isStopping;

    private WorkerInstance(Process process, string folder, RunningFunctions running, WorkerConnection connection, IWorkerControl control, WorkerBroker broker, Task<string> errors, string key)
    {
        _process = process;
        _folder = folder;
        _running = running;
        _connection = connection;
        _errors = errors;
        Control = control;
        Broker = broker;
        Key = key;
        Pid = process.Id;
        RequestSocket = Path.Combine(folder, "r");
        Ended = WaitAsync();
    }

    public int Pid { get; }

    /// <summary>The socket on which it takes requests.</summary>
    public string RequestSocket { get; }

    /// <summary>The secret that requests show.</summary>
    public string Key { get; }

    public IWorkerControl Control { get; }

    public WorkerBroker Broker { get; }

    /// <summary>The folders whose functions it can read.</summary>
    public required IReadOnlyCollection<string> Roots { get; init; }

    /// <summary>The measures that confine it, when it has reported them.</summary>
    public SandboxReport? Sandbox { get; set; }

    /// <summary>The requests that it has now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Gets whether it was asked to stop.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Ends with the process: the reason.</summary>
    public Task<string> Ended { get; }

    /// <summary>The client of the requests that are forwarded to it.</summary>
    public ForwardingClient Client => LazyInitializer.EnsureInitialized(ref _client, () => new ForwardingClient(RequestSocket));

    private ForwardingClient? _client;

    /// <exception cref="WorkerException">It did not start.</exception>
    public static async Task<WorkerInstance> StartAsync(WorkerLauncher launcher, WorkerFiles files, Func<string, SandboxPolicy?> confine, long maxHeapBytes, Func<string, WorkerSettings> describe, WorkerBroker broker, IReadOnlyCollection<string> roots, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = files.CreateFolder();
        using var deadline = new CancellationTokenSource(TimeToStart, GuardedTime.Of(time));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        Process? process = null;
        RunningFunctions? running = null;
        try
        {
            var settings = describe(folder);
            running = RunningFunctions.Create(settings.RunningFile);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(settings.BrokerSocket));
            listener.Listen(1);
            process = await launcher.StartAsync(confine(folder), maxHeapBytes).ConfigureAwait(false);
            var errors = ChildProcess.ReadErrorsAsync(process);
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            var started = process;
            using var abandon = either.Token.UnsafeRegister(static process => ChildProcess.Kill((Process)process!), started);
            var accepting = AcceptAsync(listener, settings.Key, either.Token);
            try
            {
                await WorkerFrame.WriteAsync(process.StandardInput.BaseStream, settings, WorkersJson.Default.WorkerSettings, ReadOnlyMemory<byte>.Empty, either.Token).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It has ended: the reason is below.
            }

            var exit = process.WaitForExitAsync(either.Token);
            if (await Task.WhenAny(accepting, exit).ConfigureAwait(false) == exit && !accepting.IsCompletedSuccessfully)
            {
                await either.CancelAsync().ConfigureAwait(false);
                throw new WorkerException(deadline.IsCancellationRequested ? $"the worker was not ready after {TimeToStart.TotalSeconds} s" : Describe(process.ExitCode, await errors.ConfigureAwait(false)), isFault: true);
            }

            var socket = await accepting.ConfigureAwait(false);
            var connection = WorkerConnection.Open<IWorkerControl, IWorkerBroker>(socket, broker, out var control);
            var instance = new WorkerInstance(process, folder, running, connection, control, broker, errors, settings.Key) { Roots = roots };
            broker.Confined = report => instance.Sandbox = report;
            return instance;
        }
        catch (Exception e)
        {
            if (process is not null)
            {
                ChildProcess.Kill(process);
                process.Dispose();
            }

            running?.Dispose();
            WorkerFiles.Remove(folder);
            if (e is OperationCanceledException && deadline.IsCancellationRequested)
            {
                throw new WorkerException($"the worker was not ready after {TimeToStart.TotalSeconds} s", isFault: true, e);
            }

            throw e is SocketException or IOException ? new WorkerException($"the worker could not be reached: {e.Message}", isFault: false, e) : e is WorkerException or OperationCanceledException ? e : new WorkerException(e.Message, isFault: false, e);
        }
    }

    /// <summary>Deploys a function, or has its files read again.</summary>
    public Task<FunctionReport> DeployAsync(FunctionOrder order, CancellationToken cancellationToken)
    {
        var deploying = Control.DeployAsync(order, cancellationToken);
        _functions[order.Id] = deploying;
        return deploying;
    }

    /// <summary>The deployment of a function; <see langword="null"/> if it was not begun here, or could not be carried out.</summary>
    public Task<FunctionReport>? DeploymentOf(int function) => _functions.TryGetValue(function, out var deployment) && deployment is { IsFaulted: false, IsCanceled: false } ? deployment : null;

    public void Remove(int function) => _functions.TryRemove(function, out _);

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>The functions that ran when it ended.</summary>
    public IReadOnlyList<int> Running() => _running.Read();

    /// <summary>Has it finish its requests, within a time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        try
        {
            await Control.StopAsync(cancellationToken).ConfigureAwait(false);
            await Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or StreamJsonRpc.RemoteRpcException or IOException or ObjectDisposedException)
        {
            // Whatever is left of it ends now.
        }

        ChildProcess.Kill(_process);
        await Ended.ConfigureAwait(false);
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        _isStopping = true;
        ChildProcess.Kill(_process);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended.ConfigureAwait(false);
        _client?.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
        _running.Dispose();
        _process.Dispose();
        WorkerFiles.Remove(_folder);
    }

    private async Task<string> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return Describe(_process.ExitCode, await _errors.ConfigureAwait(false));
    }

    private static async Task<Socket> AcceptAsync(Socket listener, string key, CancellationToken cancellationToken)
    {
        var expected = Encoding.UTF8.GetBytes(key);
        while (true)
        {
            var socket = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            var shown = new byte[expected.Length];
            var read = 0;
            while (read < shown.Length && await socket.ReceiveAsync(shown.AsMemory(read), cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                read += count;
            }

            if (CryptographicOperations.FixedTimeEquals(shown, expected))
            {
                return socket;
            }

            socket.Dispose();
        }
    }

    private static string Describe(int exitCode, string errors)
    {
        const int SignalBase = 128;
        var how = exitCode > SignalBase ? $"it was ended by signal {exitCode - SignalBase}" : $"it ended with code {exitCode}";
        var cause = ChildProcess.CauseOf(errors);
        return cause.Length == 0 ? how : $"{how}: {cause}";
    }
}
