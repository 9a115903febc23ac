using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.WebApi.AsyncContext;

public sealed class AsyncLocalStorageTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private const string Import = "import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'; import hooks from 'node:async_hooks'; const storage = new AsyncLocalStorage();";

    [Theory]
    [InlineData("storage.run(1, () => storage.getStore())", "1")]
    [InlineData("storage.getStore()", "undefined")]
    [InlineData("await storage.run(1, async () => { await null; await new Promise((r) => setTimeout(r, 1)); return storage.getStore() })", "1")]
    [InlineData("await storage.run(1, () => Promise.resolve().then(() => null).then(() => storage.getStore()))", "1")]
    [InlineData("await storage.run(1, () => new Promise((r) => queueMicrotask(() => r(storage.getStore()))))", "1")]
    [InlineData("await storage.run(1, () => new Promise((r) => setTimeout(() => r(storage.getStore()), 1)))", "1")]
    [InlineData("storage.run(1, () => storage.run(2, () => storage.getStore()) + storage.getStore())", "3")]
    [InlineData("await storage.run(1, async () => { const inner = storage.run(2, async () => { await null; return storage.getStore() }); await null; return storage.getStore() * 10 + await inner })", "12")]
    [InlineData("storage.run(1, () => storage.exit(() => storage.getStore()))", "undefined")]
    [InlineData("storage.enterWith(5), await null, storage.getStore()", "5")]
    [InlineData("storage.run(1, () => { storage.disable(); return storage.getStore() })", "undefined")]
    [InlineData("storage.run(1, (a, b) => a + b + storage.getStore(), 2, 3)", "6")]
    [InlineData("(() => { try { storage.run(1, () => { throw new Error('x') }) } catch { return storage.getStore() } })()", "undefined")]
    [InlineData("storage.run(1, () => AsyncLocalStorage.bind(() => storage.getStore()))()", "1")]
    [InlineData("storage.run(1, () => AsyncLocalStorage.snapshot())((a) => a + storage.getStore(), 2)", "3")]
    [InlineData("storage.run(1, () => new AsyncResource('T')).runInAsyncScope(() => storage.getStore())", "1")]
    [InlineData("storage.run(1, () => AsyncResource.bind(function () { return storage.getStore() + this.n })).call({ n: 4 })", "5")]
    [InlineData("new AsyncLocalStorage({ defaultValue: 'd', name: 'n' }).getStore()", "d")]
    [InlineData("new AsyncLocalStorage({ name: 'n' }).name + (hooks.AsyncLocalStorage === AsyncLocalStorage) + AsyncLocalStorage.name", "ntrueAsyncLocalStorage")]
    [InlineData("await storage.run(1, async () => { let seen; for await (const x of (async function* () { await null; yield storage.getStore() })()) seen = x; return seen })", "1")]
    [InlineData("await storage.run(1, async () => { const text = await new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array([65])); c.close() } })).text(); return text + storage.getStore() })", "A1")]
    public async Task Storage_Expression_IsAsInNode(string expression, string expected)
    {
        var function = await shared.App.HandleAsync($"return new Response(String(({expression})));", top: Import);

        (await function.GetAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Run_ManyRequestsInOneContext_EachSeesItsOwn()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Pool.MaxIsolates = 1;
        });
        var function = await app.HandleAsync(
            """
            return storage.run({ path: url.pathname }, async () => {
              const seen = [];
              for (let i = 0; i < 5; i++) {
                await (i % 2 ? null : new Promise((resolve) => setTimeout(resolve, i)));
                seen.push(storage.getStore().path);
              }
              return new Response(String(seen.every((path) => path === url.pathname)));
            });
            """,
            top: Import);

        (await Task.WhenAll(Enumerable.Range(0, 30).Select(i => function.GetAsync($"/{i}")))).ShouldAllBe(t => t == "true");
        (await (await app.HandleAsync("return new Response(String(storage.getStore()));", top: Import)).GetAsync()).ShouldBe("undefined");
    }

    [Theory]
    [InlineData("storage.run(1, () => {})")]
    [InlineData("storage.enterWith(1)")]
    [InlineData("AsyncLocalStorage.bind(() => {})")]
    public async Task Run_WithoutNativeLayer_SaysWhatIsMissing(string expression)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Engine.Native = JsNativeMode.Off);
        var function = await app.HandleAsync($"let e; try {{ {expression} }} catch (error) {{ e = error }} return new Response([typeof AsyncContext, storage.getStore(), e.message].join('|'));", top: Import);

        var answer = await function.GetAsync();

        answer.ShouldStartWith("undefined||");
        answer.ShouldContain("JsRun:Engine:Native");
    }

    [Fact]
    public async Task Import_RuntimeOfItsOwn_Works()
    {
        var folder = Directory.CreateTempSubdirectory("jsrun-modules-");
        var file = Path.Combine(folder.FullName, "main.js");
        await File.WriteAllTextAsync(file, "import { AsyncLocalStorage } from 'node:async_hooks'; const s = new AsyncLocalStorage(); globalThis.seen = await s.run('kept', async () => { await null; return s.getStore() });", TestContext.Current.CancellationToken);
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

        await runtime.RunModuleAsync(file, cancellationToken: TestContext.Current.CancellationToken);

        (await runtime.EvaluateTextAsync("seen", cancellationToken: TestContext.Current.CancellationToken)).Text.ShouldBe("kept");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Import_OtherModuleOfNode_IsRefusedByName()
    {
        var function = await shared.App.TryDeployAsync("import sqlite from 'node:sqlite'; export default { fetch() {} }");

        function.Error.ShouldNotBeNull().ShouldContain("node:async_hooks");
    }
}
