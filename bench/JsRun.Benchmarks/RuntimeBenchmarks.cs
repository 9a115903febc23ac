using BenchmarkDotNet.Attributes;
using Microsoft.ClearScript.V8;

namespace JsRun.Benchmarks;

/// <summary>An embedder's runtime beside raw ClearScript, which has no web APIs, no limits and no thread of its own.</summary>
[MemoryDiagnoser]
public class RuntimeBenchmarks
{
    private BenchmarkHost? _host;
    private IJsRuntime? _runtime;
    private V8ScriptEngine? _engine;

    /// <summary>Starts the host.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _host = await BenchmarkHost.StartAsync();
        _runtime = await _host.Runtimes.CreateAsync();
        _engine = new V8ScriptEngine();
    }

    /// <summary>Stops the host.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _runtime!.DisposeAsync();
        await _host!.DisposeAsync();
        _engine!.Dispose();
    }

    /// <summary>An evaluation and its value, from another thread.</summary>
    [Benchmark]
    public async Task<int> Evaluate() => await _runtime!.EvaluateAsync<int>("1 + 1");

    /// <summary>The same by raw ClearScript on the calling thread.</summary>
    [Benchmark(Baseline = true)]
    public object EvaluateRaw() => _engine!.Evaluate("1 + 1");

    /// <summary>A new isolate with all web APIs, one evaluation, and its end.</summary>
    [Benchmark]
    public async Task<int> CreateEvaluateDispose()
    {
        await using var runtime = await _host!.Runtimes.CreateAsync();
        return await runtime.EvaluateAsync<int>("1 + 1");
    }

    /// <summary>A leased runtime: a new context on a warm isolate.</summary>
    [Benchmark]
    public async Task<int> RentEvaluateReturn()
    {
        await using var runtime = await _host!.Runtimes.RentAsync();
        return await runtime.EvaluateAsync<int>("1 + 1");
    }

    /// <summary>A new isolate by raw ClearScript, without web APIs.</summary>
    [Benchmark]
    public object CreateEvaluateDisposeRaw()
    {
        using var engine = new V8ScriptEngine();
        return engine.Evaluate("1 + 1");
    }
}
