using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using JsRun.Images.Building;
using JsRun.Workers.Sandbox;

namespace JsRun.Hosting.Tests.Workers.Sandbox;

/// <summary>Two processes of tests/JsRun.SandboxProbe, which try the same attacks: one in the sandbox of a worker, one without.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jsrun-sandbox-").FullName;
    private readonly string _settings = Path.Combine(AppContext.BaseDirectory, "sandbox-probe.settings.json");
    private readonly WorkerLocation _location = WorkerLocation.Find();

    /// <summary>Gets what the sealed process says, or <see langword="null"/> on a machine without the sandbox.</summary>
    internal ProbeResult? Sealed { get; private set; }

    /// <summary>Gets what the other says.</summary>
    internal ProbeResult? Open { get; private set; }

    /// <summary>Gets the reason why there are no results.</summary>
    internal string? Reason { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var detected = WorkerSandbox.Detect();
        if (!detected.IsComplete)
        {
            Reason = detected.Missing;
            return;
        }

        foreach (var name in (string[])["functions", "cache", "sealed", "open"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        await File.WriteAllTextAsync(_settings, """{"Secret":"x"}""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "cache", "file"), "x");
        File.CreateSymbolicLink(Path.Combine(_folder, "functions", "link"), "/etc/passwd");
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "other")));
        other.Listen();
        using var victim = Process.Start("sleep", "60");
        try
        {
            var results = await Task.WhenAll(RunAsync("sealed", victim.Id), RunAsync("open", victim.Id));
            (Sealed, Open) = (results[0], results[1]);
        }
        finally
        {
            victim.Kill();
            await victim.WaitForExitAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_settings);
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts a program through the launcher, on a thread that goes on until the process or the task has ended.</summary>
    internal Task<Process> LaunchAsync(SandboxPolicy policy, IEnumerable<string> command, Task? untilThen = null)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            var process = Start([.. _location.Arguments, .. policy.ToArguments(command.First(), command.Skip(1))]);
            started.SetResult(process);
            Task.WaitAny(untilThen ?? Task.Delay(Timeout.Infinite), process.WaitForExitAsync());
        });
        thread.IsBackground = true;
        thread.Start();
        return started.Task;
    }

    /// <summary>Returns a policy with the assemblies of these tests, and a folder for a socket.</summary>
    internal SandboxPolicy Policy(string socket) => new()
    {
        ParentProcess = Environment.ProcessId,
        AssemblyFolders = [AppContext.BaseDirectory],
        ReadablePaths = [Path.Combine(_folder, "functions"), Path.Combine(_folder, "cache")],
        SocketFolder = Path.Combine(_folder, socket),
        MaxMemoryBytes = 4L << 30,
    };

    private Process Start(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(_location.Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_EnableDiagnostics"] = "0" } })!;

    private async Task<ProbeResult> RunAsync(string mode, int victim)
    {
        var socket = Path.Combine(_folder, mode);
        string[] probe =
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "JsRun.SandboxProbe.dll"), mode, victim.ToString(CultureInfo.InvariantCulture), _settings, Path.Combine(_folder, "functions", "link"),
            Path.Combine(_folder, "cache"), Path.Combine(_folder, "cache", "file"), socket, Path.Combine(_folder, "other"),
        ];
        // The sandboxed process ends with the thread that started it.
        using var process = mode == "sealed" ? await LaunchAsync(Policy(mode), [_location.Program, .. probe]) : Start(probe);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        if (line is null)
        {
            throw new InvalidOperationException($"The probe ended: {await errors}");
        }

        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await connection.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(socket, "worker")));
        await connection.SendAsync(Encoding.UTF8.GetBytes("hello"));
        var buffer = new byte[16];
        var echo = Encoding.UTF8.GetString(buffer, 0, await connection.ReceiveAsync(buffer));
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize<ProbeResult>(line, JsonSerializerOptions.Web)! with { Echo = echo, ExitCode = process.ExitCode };
    }
}
