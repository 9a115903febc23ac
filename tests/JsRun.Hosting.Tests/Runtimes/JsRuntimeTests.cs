using JsRun.Runtimes;
using JsRun.Values;

namespace JsRun.Hosting.Tests.Runtimes;

public sealed class JsRuntimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1 + 1", nameof(JsResultKind.Number), "2")]
    [InlineData("-0", nameof(JsResultKind.Number), "-0")]
    [InlineData("'text'", nameof(JsResultKind.String), "text")]
    [InlineData("12n", nameof(JsResultKind.BigInt), "12")]
    [InlineData("null", nameof(JsResultKind.Null), "null")]
    [InlineData("undefined", nameof(JsResultKind.Undefined), "")]
    [InlineData("let x = 1", nameof(JsResultKind.Undefined), "")]
    [InlineData("({ a: [1, { b: 2n }] })", nameof(JsResultKind.Json), """{"a":[1,{"b":"2"}]}""")]
    [InlineData("const o = { n: 1 }; o.self = o; o", nameof(JsResultKind.Json), """{"n":1,"self":"[Circular]"}""")]
    [InlineData("const d = {}; ({ a: d, b: d })", nameof(JsResultKind.Json), """{"a":{},"b":{}}""")]
    [InlineData("Promise.resolve(7)", nameof(JsResultKind.Number), "7")]
    [InlineData("(async () => { await null; return true })()", nameof(JsResultKind.Boolean), "true")]
    public async Task EvaluateTextAsync_Value_TellsKindAndText(string code, string kind, string text)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        (await runtime.EvaluateTextAsync(code, cancellationToken: Token)).ShouldBe(new JsResult(Enum.Parse<JsResultKind>(kind), text));
    }

    [Fact]
    public async Task EvaluateAsync_Globals_LiveOnInOneRuntimeOnly()
    {
        await using var host = await TestHost.StartAsync();
        await using var first = await host.Runtimes.CreateAsync(cancellationToken: Token);
        await using var second = await host.Runtimes.CreateAsync(cancellationToken: Token);

        await first.EvaluateAsync<object>("globalThis.count = 41", Token);

        (await first.EvaluateAsync<int>("++count", Token)).ShouldBe(42);
        (await second.EvaluateAsync<string>("typeof count", Token)).ShouldBe("undefined");
    }

    [Fact]
    public async Task EvaluateAsync_Throw_GivesNameMessageAndPosition()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateTextAsync("\n\nnull.x", "broken.js", Token));

        error.Name.ShouldBe("TypeError");
        error.JsStack.ShouldContain("broken.js:3:6");
    }

    [Theory]
    [InlineData("throw { hostException: 1 }")]
    [InlineData("Object.defineProperty(Error.prototype, 'x', {}); throw Object.assign(new Error('a'), { hostException: {} })")]
    [InlineData("Promise.reject({ hostException: 'x' })")]
    [InlineData("throw new Proxy({}, { get() { throw { hostException: 1 } } })")]
    [InlineData("Error.prepareStackTrace = () => { throw { hostException: 1 } }; null.x")]
    [InlineData("throw Symbol('s')")]
    [InlineData("throw undefined")]
    public async Task EvaluateAsync_ThrownHostException_IsAnErrorAndTheProcessLives(string code)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateTextAsync(code, cancellationToken: Token));

        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("for (;;);")]
    [InlineData("(async () => { for (;;) await null; })()")]
    [InlineData("(function f() { try { f() } finally { f() } })()")]
    public async Task EvaluateAsync_Endless_EndsAtTheTimeoutAndTheRuntimeGoesOn(string code)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(1500) }, Token);

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateTextAsync(code, cancellationToken: Token));

        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task EvaluateAsync_NeverSettles_EndsAtTheTimeout()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(100) }, Token);

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateTextAsync("new Promise(() => {})", cancellationToken: Token));
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task EvaluateAsync_Cancelled_Interrupts()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(async () => await runtime.EvaluateTextAsync("for (;;);", cancellationToken: cancellation.Token));

        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Fact]
    public async Task EvaluateAsync_HeapExhausted_IsAMemoryLimit()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { MaxHeapBytes = 32 << 20 }, Token);

        await Should.ThrowAsync<JsMemoryLimitException>(async () => await runtime.EvaluateTextAsync("const a = []; for (;;) a.push({ a: 1, b: [1, 2, 3] })", cancellationToken: Token));
    }

    [Fact]
    public async Task RentAsync_Twice_IsPristine()
    {
        await using var host = await TestHost.StartAsync();
        await using (var first = await host.Runtimes.RentAsync(Token))
        {
            await first.EvaluateAsync<object>("Array.prototype.leak = globalThis.leak = 1", Token);
        }

        await using var second = await host.Runtimes.RentAsync(Token);
        (await second.EvaluateAsync<string>("typeof leak + typeof [].leak", Token)).ShouldBe("undefinedundefined");
    }

    [Fact]
    public async Task DisposeAsync_WhileJavaScriptRuns_Ends()
    {
        await using var host = await TestHost.StartAsync();
        var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        var running = runtime.EvaluateTextAsync("for (;;);", cancellationToken: Token);

        await runtime.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

        await Should.ThrowAsync<Exception>(async () => await running);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await runtime.EvaluateTextAsync("1", cancellationToken: Token));
    }

    [Theory]
    [InlineData("Promise.reject({ hostException: 1 }); 0")]
    [InlineData("try { Promise.reject(new Proxy({}, { get() { throw { hostException: 1 } } })) } catch { } 0")]
    [InlineData("const p = Promise.resolve(); Object.setPrototypeOf(p, new Proxy(Promise.prototype, { get() { throw { hostException: 1 } } })); (async () => { throw p })(); 0")]
    [InlineData("new Promise((_, no) => no(new Proxy({}, { get() { for (;;); } }))); 0")]
    [InlineData("(async () => { await null; throw new Proxy({}, { get() { throw { hostException: 1 } } }) })(); 0")]
    public async Task EvaluateAsync_FloatingRejectionWithTraps_TheProcessAndTheRuntimeLive(string code)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        (await runtime.EvaluateAsync<int>(code, Token)).ShouldBe(0);

        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Fact]
    public async Task EvaluateAsync_MuchConsole_ReachesTheEmbedderWhole()
    {
        await using var host = await TestHost.StartAsync();
        var characters = 0;
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Console = { OnMessage = message => characters += message.Text.Length } }, Token);

        await runtime.EvaluateTextAsync("for (let i = 0; i < 10000; i++) console.log('x'.repeat(100))", cancellationToken: Token);

        characters.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task RunModuleAsync_ComputedImport_LoadsFromTheModulesFolder()
    {
        var folder = Directory.CreateTempSubdirectory("jsrun-modules-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "main.ts"), "const name: string = ['other', 'ts'].join('.'); globalThis.seen = (await import('./' + name)).value;", Token);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "other.ts"), "export const value: number = 42;", Token);
            await using var host = await TestHost.StartAsync();
            await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

            await runtime.RunModuleAsync(Path.Combine(folder.FullName, "main.ts"), cancellationToken: Token);

            (await runtime.EvaluateAsync<int>("seen", Token)).ShouldBe(42);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
