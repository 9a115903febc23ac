namespace JsRun.Hosting.Tests.Engine;

/// <summary>Invariant 1: no user exception leaves V8. One that did would end this process.</summary>
public sealed class UserExceptionTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private static readonly string[] Values =
    [
        "{ hostException: 1 }",
        "{ hostException: 'x' }",
        "{ hostException: {} }",
        "{ hostException: null }",
        "{ hostException() {} }",
        "{ hostException: 1n }",
        "{ hostException: Symbol('s') }",
        "{ hostException: new Date() }",
        "{ get hostException() { throw { hostException: 1 } } }",
        "{ get hostException() { return { hostException: 1 } } }",
        "Object.assign(new Error('a'), { hostException: {} })",
        "new (class extends Error { hostException = 1 })('a')",
        "Object.setPrototypeOf(new Error('a'), { hostException: 1 })",
        "new Proxy({}, { get() { throw { hostException: 1 } } })",
        "new Proxy(new Error('a'), { get() { return { hostException: 1 } }, getPrototypeOf() { throw { hostException: 2 } } })",
        "Object.defineProperty(new Error('a'), 'stack', { get() { throw { hostException: 1 } } })",
        "Object.defineProperty(new Error('a'), 'message', { get() { throw { hostException: 1 } } })",
        "{ toString() { throw { hostException: 1 } }, [Symbol.toPrimitive]() { throw { hostException: 1 } } }",
        "Object.create(null)",
        "Symbol('s')",
        "undefined",
        "null",
        "1n",
    ];

    public static TheoryData<string, string> Throws
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var value in Values)
            {
                data.Add("handler", value);
            }

            // The ways on which a value is thrown do not depend on the value: three of them for each other way.
            foreach (var way in new[] { "rejection", "thenable", "getter" })
            {
                data.Add(way, Values[0]);
                data.Add(way, Values[8]);
                data.Add(way, Values[13]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Throws))]
    public async Task Handler_ThrowsAnything_IsAJavaScriptException(string way, string value)
    {
        var app = shared.App;
        var function = await app.DeployAsync(way switch
        {
            "handler" => $"export default {{ fetch() {{ throw {Parenthesized(value)} }} }}",
            "rejection" => $"export default {{ fetch() {{ return Promise.reject({Parenthesized(value)}) }} }}",
            "thenable" => $"export default {{ fetch() {{ return {{ then() {{ throw {Parenthesized(value)} }} }} }} }}",
            _ => $"export default {{ fetch() {{ return Object.defineProperty(Promise.resolve(1), 'constructor', {{ get() {{ throw {Parenthesized(value)} }} }}) }} }}",
        });

        await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync());

        await StillWorksAsync(app);
    }

    [Theory]
    [InlineData("setTimeout(() => { throw { hostException: 1 } })")]
    [InlineData("const timer = setInterval(() => { clearInterval(timer); throw { get hostException() { throw 1 } } })")]
    [InlineData("queueMicrotask(() => { throw { hostException: 1 } })")]
    [InlineData("ctx.waitUntil(Promise.reject({ hostException: 1 }))")]
    [InlineData("ctx.waitUntil({ then(resolve, reject) { reject({ hostException: 1 }) } })")]
    [InlineData("addEventListener('x', () => { throw { hostException: 1 } }); dispatchEvent(new Event('x'))")]
    [InlineData("addEventListener('error', () => { throw { hostException: 2 } }); reportError({ hostException: 1 })")]
    [InlineData("globalThis.onerror = () => { throw { hostException: 2 } }; setTimeout(() => { throw { hostException: 1 } })")]
    [InlineData("request.signal.onabort = () => { throw { hostException: 1 } }; reportError(1)")]
    public async Task Callback_ThrowsHostException_IsLoggedAndTheResponseComes(string code)
    {
        var app = shared.App;
        var function = await app.HandleAsync($"{code}; await new Promise((resolve) => setTimeout(resolve, 5)); return new Response('done');");

        (await function.GetAsync()).ShouldBe("done");

        // Uncaught: reported once through the log, never as an outcome.
        await app.Logs.WaitForAsync(e => e.Id == 102);
        await StillWorksAsync(app);
    }

    [Theory]
    [MemberData(nameof(TopLevels))]
    public async Task TopLevel_ThrowsAnything_IsAFailedDeployment(string value)
    {
        var app = shared.App;

        var function = await app.TryDeployAsync($"throw {Parenthesized(value)}; export default {{ fetch() {{ return new Response('never') }} }}");

        function.State.ShouldBe(EdgeFunctionState.Failed);
        function.Error.ShouldNotBeNull();
        await Should.ThrowAsync<JsModuleException>(async () => await function.GetAsync());
        await StillWorksAsync(app);
    }

    public static TheoryData<string> TopLevels => [.. Values];

    [Fact]
    public async Task TopLevel_AwaitRejectsWithHostException_IsAFailedDeployment()
    {
        var app = shared.App;

        var function = await app.TryDeployAsync("await Promise.reject({ hostException: 1 }); export default { fetch() {} }");

        function.State.ShouldBe(EdgeFunctionState.Failed);
        await StillWorksAsync(app);
    }

    [Theory]
    [InlineData("Object.prototype.hostException = 1")]
    [InlineData("Object.defineProperty(Object.prototype, 'hostException', { get() { return 1 } })")]
    [InlineData("SyntaxError.prototype.hostException = 1")]
    [InlineData("Error.prototype.hostException = 1")]
    [InlineData("Object.setPrototypeOf(SyntaxError.prototype, { hostException: 1 })")]
    [InlineData("Object.setPrototypeOf(Error.prototype, { hostException: 1 })")]
    [InlineData("Object.setPrototypeOf(SyntaxError.prototype, new Proxy({}, { get() { return 1 } }))")]
    [InlineData("Error.prepareStackTrace = () => { throw { hostException: 1 } }")]
    [InlineData("Object.defineProperty(SyntaxError.prototype, 'name', { get() { throw { hostException: 1 } } })")]
    public async Task DynamicImport_BrokenModuleUnderPollutedPrototypes_Rejects(string pollution)
    {
        var app = shared.App;
        app.Write("broken.js", "export const = ;");
        // A call of more arguments than V8 takes is sound to the compiler, and an early error to V8.
        app.Write("refused.js", $"export const value = Math.max({string.Join(',', Enumerable.Repeat("0", 70_000))});");
        app.Write("throws.js", "throw { hostException: 1 };");
        var function = await app.HandleAsync($$"""
            try { {{pollution}} } catch { }
            const name = url.pathname.slice(1);
            try { await import('./' + name); return new Response('imported'); } catch { return new Response('rejected'); }
            """);

        (await function.GetAsync("/broken.js")).ShouldBe("rejected");
        (await function.GetAsync("/refused.js")).ShouldBe("rejected");
        (await function.GetAsync("/throws.js")).ShouldBe("rejected");
        (await function.GetAsync("/missing.js")).ShouldBe("rejected");
        await StillWorksAsync(app);
    }

    [Theory]
    [InlineData("const p = Promise.resolve(new Response('x')); p.then = () => { throw { hostException: 1 } }; return p;")]
    [InlineData("const p = Promise.resolve(new Response('x')); Object.defineProperty(p, 'then', { get() { throw { hostException: 1 } } }); return p;")]
    [InlineData("const p = Promise.resolve(new Response('x')); p.constructor = { get [Symbol.species]() { throw { hostException: 1 } } }; return p;")]
    [InlineData("Object.defineProperty(Promise, Symbol.species, { get() { throw { hostException: 1 } } }); return Promise.resolve(new Response('x'));")]
    [InlineData("Promise.prototype.then = () => { throw { hostException: 1 } }; return Promise.resolve(new Response('x'));")]
    [InlineData("Object.defineProperty(Object.prototype, 'then', { get() { throw { hostException: 1 } }, configurable: true }); return new Response('x');")]
    [InlineData("Object.defineProperty(Response.prototype, 'then', { get() { throw { hostException: 1 } } }); return new Response('x');")]
    [InlineData("return Object.create(Promise.prototype);")]
    [InlineData("return new Proxy(Promise.resolve(new Response('x')), {});")]
    [InlineData("return new Proxy(new Response('x'), { get() { throw { hostException: 1 } } });")]
    public async Task Handler_AnswersAPoisonedPromise_EndsAsResponseOrJavaScriptException(string body)
    {
        var app = shared.App;
        var function = await app.DeployAsync($"export default {{ fetch() {{ {body} }} }}");

        try
        {
            (await function.GetAsync()).ShouldBe("x");
        }
        catch (JavaScriptException)
        {
            // That is the other sound outcome.
        }

        await StillWorksAsync(app);
    }

    [Theory]
    [InlineData("const e = new Error('a'); Object.defineProperty(e, 'message', { get() { for (;;); } }); throw e;")]
    [InlineData("throw new Proxy({}, { get() { for (;;); } });")]
    [InlineData("Error.prepareStackTrace = () => { for (;;); }; null.x;")]
    [InlineData("throw Object.defineProperty(new Error('a'), 'cause', { get() { for (;;); } });")]
    public async Task Handler_ThrowsWhatLoopsWhenItIsRead_EndsAtTheTimeout(string body)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.Timeout = TimeSpan.FromSeconds(2));
        var function = await app.DeployAsync($"export default {{ fetch() {{ {body} }} }}");

        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync());

        await StillWorksAsync(app);
    }

    [Theory]
    [InlineData("const f = () => f(); f();")]
    [InlineData("const f = () => { try { f() } catch (e) { throw e } }; f();")]
    [InlineData("const deep = { get message() { const f = () => f(); return f(); } }; throw deep;")]
    [InlineData("const f = (n) => n === 0 ? 0 : 1 + f(n - 1); let n = 1000; for (;;) { try { f(n) } catch { break } n += 10 } const g = (m) => { if (m > 0) return g(m - 1); throw { get stack() { return g(1e6) }, get message() { return g(1e6) } } }; g(n - 100);")]
    [InlineData("throw { toString() { const f = () => f(); f(); } };")]
    [InlineData("const e = new Error('a'); e.cause = e; let c = e; for (let i = 0; i < 5000; i++) c = new Error('b', { cause: c }); throw c;")]
    public async Task Handler_ExhaustsTheStack_IsAJavaScriptException(string body)
    {
        var app = shared.App;
        var function = await app.DeployAsync($"export default {{ fetch() {{ {body} }} }}");

        await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync());

        await StillWorksAsync(app);
    }

    private static string Parenthesized(string value) => $"({value})";

    private static async Task StillWorksAsync(FunctionApp app)
    {
        (await (await app.EchoAsync()).GetAsync("/alive")).ShouldBe("/alive");
        await app.LeasesReturnedAsync();
        app.Logs.Entries.ShouldNotContain(e => e.Id == 100 || e.Id == 107, "a host operation failed, or a message");
    }
}
