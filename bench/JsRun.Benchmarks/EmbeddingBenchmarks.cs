using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Jint;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Benchmarks;

/// <summary>
/// What an embedder pays, beside raw ClearScript and Jint. Neither of those has web APIs, a thread of its own, or limits; ClearScript's results stay in V8, so its lane of the conversion reads each property.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class EmbeddingBenchmarks
{
    private const int Calls = 1000;
    private const string Numbers = "{ let sum = 0; for (let i = 0; i < 1000; i++) sum = add(sum, i); sum }";
    private const string Strings = "{ let length = 0; for (let i = 0; i < 1000; i++) length += greet('a name').length; length }";
    private const string HeaderCalls = "{ let length = 0; for (let i = 0; i < 1000; i++) length += Object.keys(headers()).length; length }";
    private const string Objects = "Array.from({ length: 1000 }, (_, id) => ({ id, name: `item ${id}`, price: id / 4, tags: ['a', 'b'], stock: { here: true, count: id } }))";

    private static readonly Dictionary<string, object?> Headers = Enumerable.Range(0, 25).ToDictionary(static i => $"x-header-{i}", static object? (i) => $"the value of header {i}");

    private BenchmarkHost? _host;
    private IJsRuntime? _runtime;
    private V8ScriptEngine? _clearScript;
    private Jint.Engine? _jint;

    /// <summary>Starts all three.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _host = await BenchmarkHost.StartAsync();
        _runtime = await _host.Runtimes.CreateAsync();
        _runtime.BindFunction("add", static (double a, double b) => a + b);
        _runtime.BindFunction("greet", static (string name) => name + "!");
        _runtime.BindFunction("headers", static () => Headers);
        _runtime.Evaluate($"const items = {Objects}");

        _clearScript = new V8ScriptEngine();
        _clearScript.AddHostObject("add", static (double a, double b) => a + b);
        _clearScript.AddHostObject("greet", static (string name) => name + "!");
        _clearScript.AddHostObject("headers", (Func<object>)HeadersOfClearScript);
        _clearScript.Execute($"const items = {Objects}");

        _jint = new Jint.Engine();
        _jint.SetValue("add", static (double a, double b) => a + b);
        _jint.SetValue("greet", static (string name) => name + "!");
        _jint.SetValue("headers", static () => Headers);
        _jint.Execute($"const items = {Objects}");
    }

    /// <summary>Stops them.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _runtime!.DisposeAsync();
        await _host!.DisposeAsync();
        _clearScript!.Dispose();
        _jint!.Dispose();
    }

    /// <summary>A new runtime with all web APIs, one evaluation, and its end.</summary>
    [BenchmarkCategory("create, evaluate, dispose"), Benchmark]
    public async Task<object?> CreateEvaluateDispose()
    {
        await using var runtime = await _host!.Runtimes.CreateAsync();
        return runtime.Evaluate("1 + 1");
    }

    /// <summary>ClearScript's.</summary>
    [BenchmarkCategory("create, evaluate, dispose"), Benchmark(Baseline = true)]
    public object CreateEvaluateDisposeClearScript()
    {
        using var engine = new V8ScriptEngine();
        return engine.Evaluate("1 + 1");
    }

    /// <summary>Jint's, which compiles nothing and has no heap of its own.</summary>
    [BenchmarkCategory("create, evaluate, dispose"), Benchmark]
    public object CreateEvaluateDisposeJint()
    {
        using var engine = new Jint.Engine();
        return engine.Evaluate("1 + 1").AsNumber();
    }

    /// <summary>From another thread, synchronously.</summary>
    [BenchmarkCategory("evaluate"), Benchmark]
    public object? Evaluate() => _runtime!.Evaluate("1 + 1");

    /// <summary>From another thread, asynchronously.</summary>
    [BenchmarkCategory("evaluate"), Benchmark]
    public async Task<object?> EvaluateAsync() => await _runtime!.EvaluateAsync("1 + 1");

    /// <summary>On the calling thread.</summary>
    [BenchmarkCategory("evaluate"), Benchmark(Baseline = true)]
    public object EvaluateClearScript() => _clearScript!.Evaluate("1 + 1");

    /// <summary>On the calling thread.</summary>
    [BenchmarkCategory("evaluate"), Benchmark]
    public object EvaluateJint() => _jint!.Evaluate("1 + 1").AsNumber();

    /// <summary>JavaScript calls the host with two numbers.</summary>
    [BenchmarkCategory("host call, numbers"), Benchmark(OperationsPerInvoke = Calls)]
    public object? HostNumbers() => _runtime!.Evaluate(Numbers);

    /// <summary>ClearScript's.</summary>
    [BenchmarkCategory("host call, numbers"), Benchmark(OperationsPerInvoke = Calls, Baseline = true)]
    public object HostNumbersClearScript() => _clearScript!.Evaluate(Numbers);

    /// <summary>Jint's.</summary>
    [BenchmarkCategory("host call, numbers"), Benchmark(OperationsPerInvoke = Calls)]
    public object HostNumbersJint() => _jint!.Evaluate(Numbers).AsNumber();

    /// <summary>JavaScript calls the host with a short text, and gets one.</summary>
    [BenchmarkCategory("host call, strings"), Benchmark(OperationsPerInvoke = Calls)]
    public object? HostStrings() => _runtime!.Evaluate(Strings);

    /// <summary>ClearScript's.</summary>
    [BenchmarkCategory("host call, strings"), Benchmark(OperationsPerInvoke = Calls, Baseline = true)]
    public object HostStringsClearScript() => _clearScript!.Evaluate(Strings);

    /// <summary>Jint's.</summary>
    [BenchmarkCategory("host call, strings"), Benchmark(OperationsPerInvoke = Calls)]
    public object HostStringsJint() => _jint!.Evaluate(Strings).AsNumber();

    /// <summary>JavaScript gets an object of 25 texts.</summary>
    [BenchmarkCategory("host call, 25 headers"), Benchmark(OperationsPerInvoke = Calls)]
    public object? HostHeaders() => _runtime!.Evaluate(HeaderCalls);

    /// <summary>The host makes the object property by property.</summary>
    [BenchmarkCategory("host call, 25 headers"), Benchmark(OperationsPerInvoke = Calls, Baseline = true)]
    public object HostHeadersClearScript() => _clearScript!.Evaluate(HeaderCalls);

    /// <summary>Jint's, a wrapper around the dictionary.</summary>
    [BenchmarkCategory("host call, 25 headers"), Benchmark(OperationsPerInvoke = Calls)]
    public object HostHeadersJint() => _jint!.Evaluate(HeaderCalls).AsNumber();

    /// <summary>1000 objects become .NET's.</summary>
    [BenchmarkCategory("convert 1000 objects"), Benchmark]
    public object? Convert() => _runtime!.Evaluate("items");

    /// <summary>1000 objects become records.</summary>
    [BenchmarkCategory("convert 1000 objects"), Benchmark]
    public Item[]? ConvertToRecords() => _runtime!.Evaluate<Item[]>("items");

    /// <summary>Each property is read by itself.</summary>
    [BenchmarkCategory("convert 1000 objects"), Benchmark(Baseline = true)]
    public List<Dictionary<string, object?>> ConvertClearScript()
    {
        var items = (ScriptObject)_clearScript!.Evaluate("items");
        return [.. Enumerable.Range(0, 1000).Select(i => Read((ScriptObject)items[i]))];
    }

    /// <summary>Jint's own conversion.</summary>
    [BenchmarkCategory("convert 1000 objects"), Benchmark]
    public object? ConvertJint() => _jint!.Evaluate("items").ToObject();

    private static Dictionary<string, object?> Read(ScriptObject item) => item.PropertyNames.ToDictionary<string, string, object?>(
        static name => name,
        name => item[name] switch
        {
            ScriptObject { PropertyIndices: var indices } list when indices.Any() => indices.Select(i => list[i]).ToList(),
            ScriptObject inner => Read(inner),
            var value => value,
        });

    private ScriptObject HeadersOfClearScript()
    {
        var headers = (ScriptObject)_clearScript!.Evaluate("({})");
        foreach (var (name, value) in Headers)
        {
            headers[name] = value;
        }

        return headers;
    }

    /// <summary>One of the thousand.</summary>
    public sealed record Item(int Id, string Name, double Price, string[] Tags, Stock Stock);

    /// <summary>A part of it.</summary>
    public sealed record Stock(bool Here, int Count);
}
