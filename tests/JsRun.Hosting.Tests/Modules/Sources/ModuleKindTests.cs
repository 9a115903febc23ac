namespace JsRun.Hosting.Tests.Modules.Sources;

/// <summary>What a function's folder can hold beside code and JSON.</summary>
public sealed class ModuleKindTests
{
    // (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
    private static readonly byte[] Add = [0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11];

    // (module (import "./env.js" "log" (func (param i32))) (func (export "run") i32.const 42 call 0))
    private static readonly byte[] Run =
        [0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 2, 96, 1, 127, 0, 96, 0, 0, 2, 16, 1, 8, 46, 47, 101, 110, 118, 46, 106, 115, 3, 108, 111, 103, 0, 0, 3, 2, 1, 1, 7, 7, 1, 3, 114, 117, 110, 0, 1, 10, 8, 1, 6, 0, 65, 42, 16, 0, 11];

    // (module (memory (export "memory") 0 65536))
    private static readonly byte[] Memory = [0, 97, 115, 109, 1, 0, 0, 0, 5, 6, 1, 1, 0, 128, 128, 4, 7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0];

    [Fact]
    public async Task Import_Data_IsWhatTheTypeSays()
    {
        await using var app = await FunctionApp.StartAsync();
        app.Write("blob.bin", [1, 2, 255]);
        var function = await app.HandleAsync(
            "return new Response(`${bytes instanceof Uint8Array} ${bytes} ${(await import('./blob.bin', { with: { type: 'bytes' } })).default === bytes}`);",
            top: "import bytes from './blob.bin' with { type: 'bytes' };");

        (await function.SendAsync(EdgeFunctionCalls.Get())).ShouldBe("true 1,2,255 true");
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Import_WebAssembly_IsAnInstanceThatImportsModules(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Isolation = isolation);
        app.Write("add.wasm", Add);
        app.Write("run.wasm", Run);
        app.Write("env.js", "export let seen = 0; export const log = (n) => { seen = n; };");
        var function = await app.HandleAsync(
            "run(); return new Response(`${add(20, 22)} ${seen} ${new WebAssembly.Instance(module).exports.add(1, 2)}`);",
            top: "import { add } from './add.wasm'; import { run } from './run.wasm'; import { seen } from './env.js'; import module from './add.wasm' with { type: 'webassembly' };");

        (await function.SendAsync(EdgeFunctionCalls.Get())).ShouldBe("42 42 3");
        (await function.SendAsync(EdgeFunctionCalls.Get())).ShouldBe("42 42 3");
    }

    [Fact]
    public async Task Import_WebAssemblyWithMuchMemory_IsCappedAsEverywhere()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxArrayBufferBytes = 16 << 20);
        app.Write("memory.wasm", Memory);
        var function = await app.HandleAsync(
            "let pages = 0; try { for (; pages < 4096; pages += 16) memory.grow(16); } catch (e) { return new Response(`${e.name} ${pages}`); } return new Response('unlimited');",
            top: "import { memory } from './memory.wasm';");

        (await function.SendAsync(EdgeFunctionCalls.Get())).ShouldBe("RangeError 256");
    }

    [Fact]
    public async Task Deploy_BrokenWebAssembly_SaysWhichFile()
    {
        await using var app = await FunctionApp.StartAsync();
        app.Write("broken.wasm", [1, 2, 3]);

        var function = await app.TryDeployAsync("import './broken.wasm'; export default { fetch() {} }");

        function.Error.ShouldNotBeNull().ShouldContain("broken.wasm is not a WebAssembly module");
    }
}
