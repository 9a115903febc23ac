using JsRun;

namespace Embedding.Programs;

/// <summary>Values in and out, records, errors with their position.</summary>
internal static class Evaluation
{
    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        await using var runtime = await runtimes.CreateAsync();

        // As JavaScript has it: a long, a BigInteger, a string …
        output.WriteLine($"2 + 2 = {runtime.Evaluate("2 + 2")}");
        output.WriteLine($"2 ** 100 = {runtime.Evaluate("2n ** 100n")}");
        output.WriteLine($"undefined is {runtime.Evaluate("undefined")}, null is {runtime.Evaluate("null") ?? "null"}");

        // … or as the type that you ask for.
        output.WriteLine($"text: {runtime.Evaluate<string>("'hello'.toUpperCase()")}");
        output.WriteLine($"numbers: {string.Join(", ", runtime.Evaluate<int[]>("[3, 1, 2].toSorted()")!)}");
        output.WriteLine(runtime.Evaluate<Order>("({ id: 7, lines: [{ sku: 'tea', count: 2 }, { sku: 'cup', count: 1 }] })"));

        // What scripts declare lives on in the runtime.
        runtime.Evaluate("let total = 0; function add(order) { return total += order.lines.reduce((sum, line) => sum + line.count, 0); }");
        using var add = runtime.Evaluate<JsFunction>("add")!;
        add.Invoke(new Order(8, [new Line("tea", 4)]));
        output.WriteLine($"total: {add.Invoke(new Order(9, [new Line("pot", 1)]))}");

        try
        {
            runtime.Evaluate("function price(order) {\n  return order.price.amount;\n}\nprice({})", new JsEvaluateOptions { FileName = "prices.js" });
        }
        catch (JavaScriptException e)
        {
            output.WriteLine(e.Message);
            output.WriteLine($"  in {e.Frames[0].FunctionName} at {e.Frames[0].FileName}:{e.Frames[0].LineNumber}");
        }
    }

    private sealed record Order(int Id, IReadOnlyList<Line> Lines)
    {
        public override string ToString() => $"order {Id}: {string.Join(", ", Lines.Select(line => $"{line.Count} × {line.Sku}"))}";
    }

    private sealed record Line(string Sku, int Count);
}
