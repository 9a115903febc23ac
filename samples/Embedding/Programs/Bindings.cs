using JsRun;

namespace Embedding.Programs;

/// <summary>Host functions and objects, errors of the host, callbacks, ops behind permissions.</summary>
internal static class Bindings
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        await using var runtime = await runtimes.CreateAsync(new JsRuntimeOptions { Permissions = { "op:greet" } });

        runtime.BindFunction("add", (double a, double b) => a + b);
        runtime.BindFunction("lookup", async (string name, CancellationToken cancelled) =>
        {
            await Task.Delay(1, cancelled);
            return name == "ada" ? new { name, born = 1815 } : throw new JsHostException($"Nobody knows {name}.") { Code = "not-found" };
        });
        runtime.BindObject("config", new Dictionary<string, object?> { ["version"] = "1.0", ["log"] = new Action<string>(text => output.WriteLine($"script says: {text}")) });
        runtime.BindFunction("twice", (JsFunction callback) => new[] { callback.Invoke(1), callback.Invoke(2) });

        output.WriteLine($"add(2, 3) = {runtime.Evaluate("add(2, 3)")}");
        runtime.Evaluate("config.log(`running ${config.version}`)");
        output.WriteLine($"called back: {string.Join(", ", runtime.Evaluate<int[]>("twice(n => n * 10)")!)}");
        output.WriteLine(await runtime.EvaluateAsync<string>("lookup('ada').then(({ name, born }) => `${name}, ${born}`)"));
        output.WriteLine(await runtime.EvaluateAsync<string>("lookup('bob').catch(error => `${error.code}: ${error.message}`)"));

        // Ops are behind permissions: this runtime has one for greet, and none for launch.
        runtime.RegisterOp("greet", (string name) => $"Hello {name}!");
        runtime.RegisterOp("launch", () => "too late");
        output.WriteLine(runtime.Evaluate("JsRun.ops.greet('Ada')"));
        output.WriteLine(runtime.Evaluate("try { JsRun.ops.launch() } catch (error) { `${error.name}: ${error.message}` }"));
    }
}
