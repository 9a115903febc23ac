using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>WebAssembly in an embedder's runtime: the original's three documented cases, and what it does not test.</summary>
public sealed class WebAssemblyTests
{
    // The documented module of 41 bytes: (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
    private const string Add = "new Uint8Array([0,97,115,109,1,0,0,0,1,7,1,96,2,127,127,1,127,3,2,1,0,7,7,1,3,97,100,100,0,0,10,9,1,7,0,32,0,32,1,106,11])";

    // (module (memory (export "memory") 1) (data (i32.const 0) "wasm") (func (export "trap") unreachable) (func (export "divide") (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s))
    private const string Rich =
        "new Uint8Array([0,97,115,109,1,0,0,0,1,10,2,96,0,0,96,2,127,127,1,127,3,3,2,0,1,5,3,1,0,1,7,26,3,6,109,101,109,111,114,121,2,0,4,116,114,97,112,0,0,6,100,105,118,105,100,101,0,1,10,13,2,3,0,0,11,7,0,32,0,32,1,109,11,11,10,1,0,65,0,11,4,119,97,115,109])";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JsSurface.Full)]
    [InlineData(JsSurface.Contained)]
    [Trait("Upstream", "DOCS::wasm_sync")]
    public async Task Instance_Synchronous_Adds(JsSurface surface) =>
        (await EvaluateAsync<int>($"new WebAssembly.Instance(new WebAssembly.Module({Add})).exports.add(10, 20)", surface)).ShouldBe(30);

    [Theory]
    [InlineData(JsSurface.Full)]
    [InlineData(JsSurface.Contained)]
    [Trait("Upstream", "DOCS::wasm_async")]
    public async Task Instantiate_Asynchronous_Adds(JsSurface surface) =>
        (await EvaluateAsync<int>($"WebAssembly.instantiate({Add}).then(({{ instance }}) => instance.exports.add(5, 7))", surface)).ShouldBe(12);

    [Theory]
    [InlineData(JsSurface.Full)]
    [InlineData(JsSurface.Contained)]
    public async Task Compile_Asynchronous_GivesAModule(JsSurface surface) =>
        (await EvaluateAsync<string>($"WebAssembly.compile({Add}).then(m => WebAssembly.instantiate(m)).then(i => `${{i.exports.add(1, 2)}} ${{WebAssembly.validate({Add})}}`)", surface)).ShouldBe("3 true");

    [Theory]
    [InlineData("exports.trap()", "unreachable")]
    [InlineData("exports.divide(1, 0)", "divide by zero")]
    public async Task Trap_Uncaught_IsAJavaScriptException(string call, string expected)
    {
        var error = await Should.ThrowAsync<JavaScriptException>(() => EvaluateAsync<object>($"const {{ exports }} = new WebAssembly.Instance(new WebAssembly.Module({Rich})); {call}"));

        error.Name.ShouldBe("RuntimeError");
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("new WebAssembly.Module(new Uint8Array([1, 2, 3, 4]))", "CompileError")]
    [InlineData("WebAssembly.compile(new Uint8Array([1, 2, 3, 4]))", "CompileError")]
    [InlineData("WebAssembly.instantiate(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,97,1,98,0,0]))", "TypeError")]
    [InlineData("WebAssembly.instantiate(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,97,1,98,0,0]), { a: {} })", "LinkError")]
    public async Task Module_Wrong_IsItsError(string code, string name) =>
        (await Should.ThrowAsync<JavaScriptException>(() => EvaluateAsync<object>(code))).Name.ShouldBe(name);

    [Fact]
    public async Task Import_Function_IsCalledFromWebAssembly()
    {
        // (module (import "env" "log" (func (param i32))) (func (export "run") i32.const 42 call 0))
        const string Run = "new Uint8Array([0,97,115,109,1,0,0,0,1,8,2,96,1,127,0,96,0,0,2,11,1,3,101,110,118,3,108,111,103,0,0,3,2,1,1,7,7,1,3,114,117,110,0,1,10,8,1,6,0,65,42,16,0,11])";

        (await EvaluateAsync<int>($"let seen = 0; new WebAssembly.Instance(new WebAssembly.Module({Run}), {{ env: {{ log(n) {{ seen = n }} }} }}).exports.run(); seen")).ShouldBe(42);
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Memory_Endless_EndsAtTheTimeout()
    {
        // (module (func (export "spin") (loop br 0)))
        const string Spin = "new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,8,1,4,115,112,105,110,0,0,10,9,1,7,0,3,64,12,0,11,11])";
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(500) }, Token);

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateTextAsync($"new WebAssembly.Instance(new WebAssembly.Module({Spin})).exports.spin()", cancellationToken: Token).AsTask().InTime());

        (await runtime.EvaluateAsync<int>("1 + 1", cancellationToken: Token)).ShouldBe(2);
    }

    [Fact]
    public async Task Memory_Exported_HasItsBytes() =>
        (await EvaluateAsync<string>($"new TextDecoder().decode(new Uint8Array(new WebAssembly.Instance(new WebAssembly.Module({Rich})).exports.memory.buffer, 0, 4))")).ShouldBe("wasm");

    private static async Task<T?> EvaluateAsync<T>(string code, JsSurface surface = JsSurface.Full)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Surface = surface }, Token);
        return await runtime.EvaluateAsync<T>(code, cancellationToken: Token).AsTask().InTime();
    }
}
