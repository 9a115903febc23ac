using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace JsRun.Benchmarks;

/// <summary>An application in a process of its own, which has answered once.</summary>
internal sealed class ColdProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private ColdProcess(Process process, HttpClient client, double milliseconds)
    {
        _process = process;
        _client = client;
        Milliseconds = milliseconds;
    }

    /// <summary>From its start to its first answer of 200.</summary>
    public double Milliseconds { get; }

    public static async Task<ColdProcess> StartAsync(string application, string[] options)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", ["exec", application, "--urls", address, "--Logging:LogLevel:Default", "Warning", .. options])
        {
            WorkingDirectory = Path.GetDirectoryName(application),
            RedirectStandardOutput = true,
        };
        var client = new HttpClient { BaseAddress = new Uri(address) };
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync("/hello");
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return new ColdProcess(process, client, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // It does not listen yet.
            }

            await Task.Delay(1);
        }
    }

    /// <summary>Waits until no function's image is being built.</summary>
    public async Task ReachHeapAsync()
    {
        while ((await _client.GetStringAsync("/_jsrun")).Contains("Its heap image is being built", StringComparison.Ordinal))
        {
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
