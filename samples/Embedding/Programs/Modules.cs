using JsRun;

namespace Embedding.Programs;

/// <summary>Static modules, a loader, an import map, JSON.</summary>
internal static class Modules
{
    private static readonly Dictionary<string, string> Shop = new()
    {
        ["https://shop.example/cart.js"] = "import { format } from './format.js'; import rates from './rates.json' with { type: 'json' }; export const total = lines => format(lines.reduce((a, b) => a + b, 0) * rates.EUR);",
        ["https://shop.example/format.js"] = "export const format = amount => `€ ${amount.toFixed(2)}`;",
        ["https://shop.example/rates.json"] = """{ "EUR": 0.5 }""",
    };

    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        var options = new JsRuntimeOptions
        {
            Modules =
            {
                ImportMap = JsImportMap.Parse("""{ "imports": { "shop/": "https://shop.example/" } }"""),
                Loader = async (request, cancelled) =>
                {
                    await Task.Delay(1, cancelled);
                    return Shop.TryGetValue(request.Url, out var source) ? JsModuleSource.Auto(source) : null;
                },
            },
        };
        await using var runtime = await runtimes.CreateAsync(options);
        runtime.Modules.Add("main", "import { total } from 'shop/cart.js'; export const bill = total([10, 20, 30.5]); export const items = await Promise.resolve(3);");

        var main = await runtime.ImportAsync("main");
        output.WriteLine($"{main["bill"]} for {main["items"]} items");

        try
        {
            await runtime.ImportAsync("https://elsewhere.example/x.js");
        }
        catch (JsModuleException e)
        {
            output.WriteLine($"refused: {e.Message.Split('\n')[0]}");
        }
    }
}
