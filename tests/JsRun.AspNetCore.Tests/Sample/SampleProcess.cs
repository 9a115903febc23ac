using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using JsRun.AspNetCore.Tests.Fakes;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>The sample in a process of its own, with functions of the test's.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const string InUse = "All isolates of the default group start from its latest heap image";

    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly ChannelReader<string> _images;

    private SampleProcess(Process process, Uri url, ChannelReader<string> images)
    {
        _process = process;
        _images = images;
        _client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Uri Url => _client.BaseAddress!;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it from heap images, and waits until it listens.</summary>
    public static Task<SampleProcess> StartAsync(TempFolder functions, TempFolder cache) =>
        StartAsync(functions, cache, ["--JsRun:Images:Tier", "Heap", "--Logging:LogLevel:JsRun.Images", "Debug"], new Dictionary<string, string>());

    /// <summary>Starts it with arguments and variables of the environment, and waits until it listens.</summary>
    public static async Task<SampleProcess> StartAsync(TempFolder functions, TempFolder cache, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EdgeFunctions.dll"), "--urls", "http://127.0.0.1:0", "--JsRun:Functions:Path", functions.Path, "--JsRun:Images:CachePath", cache.Path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var url = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var images = Channel.CreateUnbounded<string>();
        var output = new System.Text.StringBuilder();
        void Read(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is { } at and >= 0)
            {
                url.TrySetResult(new Uri(line.Data[(at + Listening.Length)..]));
            }

            if (line.Data?.Contains(InUse, StringComparison.Ordinal) == true)
            {
                images.Writer.TryWrite(line.Data);
            }
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => url.TrySetException(new InvalidOperationException($"The sample has ended with {process.ExitCode}."));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new SampleProcess(process, await url.Task.WaitAsync(TimeSpan.FromSeconds(60), Token), images.Reader);
        }
        catch (Exception e)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw new InvalidOperationException($"The sample does not listen. It said:\n{output}", e);
        }
    }

    /// <summary>Waits until its isolates start from an image that is newer than the one before: the first may lack the functions.</summary>
    public async Task NextImageAsync() => await _images.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);

    public async Task<System.Net.HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _client.GetAsync(path, Token);
        return response.StatusCode;
    }

    public Task<string> GetAsync(string path) => _client.GetStringAsync(path, Token);

    /// <summary>What the function's contexts are made from, as the status page tells.</summary>
    public async Task<string> TierAsync(string route)
    {
        var status = await _client.GetFromJsonAsync<JsonElement>("/_jsrun", Token);
        return status.GetProperty("functions").EnumerateArray().Single(f => f.GetProperty("route").GetString() == route).GetProperty("tier").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
