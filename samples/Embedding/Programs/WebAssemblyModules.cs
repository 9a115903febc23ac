using JsRun;

namespace Embedding.Programs;

/// <summary>A WebAssembly module, imported and instantiated.</summary>
internal static class WebAssemblyModules
{
    // (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
    private static readonly byte[] Add = Convert.FromBase64String("AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=");

    public static async Task RunAsync(IJsRuntimeFactory runtimes, TextWriter output)
    {
        await using var runtime = await runtimes.CreateAsync();

        // As a module: its exports are the module's.
        runtime.Modules.Add("adder.wasm", JsModuleSource.WebAssembly(Add));
        runtime.Modules.Add("main", "import { add } from 'adder.wasm'; export const sum = add(20, 22);");
        output.WriteLine($"imported: 20 + 22 = {(await runtime.ImportAsync("main"))["sum"]}");

        // By hand, from bytes that the host sends.
        using var instantiate = await runtime.EvaluateAsync<JsFunction>("async bytes => (await WebAssembly.instantiate(bytes)).instance.exports.add(5, 7)");
        output.WriteLine($"instantiated: 5 + 7 = {await instantiate!.InvokeAsync<int>(Add)}");

        using var check = await runtime.EvaluateAsync<JsFunction>("bytes => WebAssembly.validate(bytes)");
        output.WriteLine($"valid: {check!.Invoke<bool>(Add)}, without its end: {check.Invoke<bool>(Add.AsMemory(0, 30))}");
    }
}
