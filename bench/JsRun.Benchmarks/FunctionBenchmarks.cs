using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using JsRun.Functions;

namespace JsRun.Benchmarks;

/// <summary>One request through pipeline, pool and isolate without a server, beside the same work done by C# alone.</summary>
[MemoryDiagnoser]
public class FunctionBenchmarks
{
    private const string Source = """
        export default {
          fetch(request) {
            return request.method === 'GET' ? new Response('Hello World') : Response.json({ url: new URL(request.url).pathname, agent: request.headers.get('user-agent') });
          },
        };
        """;

    private static readonly EdgeFunctionRequest Hello = new() { Method = "GET", Url = "http://localhost/hello" };

    private static readonly EdgeFunctionRequest Headers = new()
    {
        Method = "POST",
        Url = "http://localhost/hello?name=x",
        Headers = "host\nlocalhost\naccept\n*/*\nuser-agent\nbenchmark\naccept-encoding\ngzip\ncookie\na=b\n",
    };

    private readonly Pipe _pipe = new();
    private BenchmarkHost? _host;
    private EdgeFunction? _function;

    /// <summary>How much state requests share.</summary>
    [Params(JsIsolation.Shared, JsIsolation.PerRequest)]
    public JsIsolation Isolation { get; set; }

    /// <summary>Starts the host.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _host = await BenchmarkHost.StartAsync(options => options.Isolation = Isolation);
        _function = await _host.DeployAsync(Source);
    }

    /// <summary>Stops the host.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync() => await _host!.DisposeAsync();

    /// <summary>A text, and nothing read of the request.</summary>
    [Benchmark]
    public Task<int> HelloWorld() => InvokeAsync(Hello);

    /// <summary>The URL parsed, a header read, JSON out.</summary>
    [Benchmark]
    public Task<int> UrlHeaderJson() => InvokeAsync(Headers);

    /// <summary>The floor: a hop to another thread and back.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> ThreadHop() => Task.Factory.StartNew(static () => 200, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private async Task<int> InvokeAsync(EdgeFunctionRequest request)
    {
        await using var response = await _function!.InvokeAsync(request, CancellationToken.None);
        await response.WriteBodyAsync(_pipe.Writer, CancellationToken.None);
        var read = await _pipe.Reader.ReadAsync();
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return response.Status;
    }
}
