using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>import() in modules and in evaluated text; loading that is given up.</summary>
public sealed class DynamicImportTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("import('math').then(m => m.value)")]
    [InlineData("(async () => (await import('math')).value)()")]
    [InlineData("const name = 'ma' + 'th'; import(name).then(({ value }) => value)")]
    [InlineData("import /* comment */ ('math').then(m => m.value)")]
    [InlineData("`${0}`; import(`math`, {}).then(m => m.value)")]
    [InlineData("globalThis.load = (n) => import(n); load('math').then(m => m.value)")]
    [InlineData("new Promise(done => setTimeout(() => import('math').then(m => done(m.value)), 1))")]
    public async Task Import_InEvaluatedText_GivesTheNamespace(string code)
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("math", "export const value = 42");

        (await runtime.EvaluateAsync<int>(code, Token)).ShouldBe(42);
        (await runtime.EvaluateTextAsync(code.Replace("name", "other", StringComparison.Ordinal), cancellationToken: Token)).Text.ShouldBe("42");
    }

    [Fact]
    public async Task Import_InEvaluatedText_IsTheSameNamespaceAsInModules()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("a", "export const get = () => import('b')");
        runtime.Modules.Add("b", "export let n = 0; export const add = () => ++n");

        (await runtime.EvaluateAsync<string>("(async () => { const b = await import('b'); b.add(); const other = await (await import('a')).get(); return `${b === other} ${other.n} ${Object.prototype.toString.call(b)}` })()", Token))
            .ShouldBe("true 1 [object Module]");
    }

    [Fact]
    public async Task Import_WithTopLevelAwait_IsAwaited()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("math", "export const value = 42");

        (await runtime.EvaluateAsync<int>("const { value } = await import('math'); value", new JsEvaluateOptions { TopLevelAwait = true }, Token)).ShouldBe(42);
        (await runtime.EvaluateAsync<int>("value", Token)).ShouldBe(42);
    }

    [Fact]
    public async Task Import_FromAHostFunction_RunsNested()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("inner", "globalThis.log = [...(globalThis.log ?? []), 'inner']; export const value = 20");
        runtime.BindFunction("load", (string name) => runtime.Import(name)["value"]);

        (await runtime.EvaluateAsync<string>("const a = load('inner'); log.push('outer'); `${a + load('inner') + 2} ${log}`", Token)).ShouldBe("42 inner,outer");
    }

    [Fact]
    public async Task Import_Fails_RejectsWithTheReason()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("broken", "const 1");

        (await runtime.EvaluateAsync<string>("import('nowhere').catch(e => e.name + ': ' + e.message)", Token)).ShouldNotBeNull().ShouldStartWith("TypeError: Module resolution denied for 'nowhere' from <eval>");
        (await runtime.EvaluateAsync<string>("import('broken').catch(e => e.name + ': ' + e.message)", Token)).ShouldNotBeNull().ShouldStartWith("SyntaxError: jsrun://static/broken:1:7");
        (await runtime.EvaluateAsync<string>("import('broken', 1).catch(e => e.name)", Token)).ShouldBe("TypeError");
    }

    [Fact]
    public async Task Import_ScriptWithAUrlForAName_IsRelativeToIt()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.SyncLoader = request => $"export default '{request.Url}'";

        (await runtime.EvaluateAsync<string>("import('./b.js').then(m => m.default)", new JsEvaluateOptions { FileName = "https://example.com/a/main.js" }, Token)).ShouldBe("https://example.com/a/b.js");
        (await runtime.EvaluateAsync<string>("import('./b.js').catch(e => e.message)", Token)).ShouldNotBeNull().ShouldContain("'<eval>' is not a URL, so a path cannot be relative to it");
    }

    [Fact]
    public async Task Import_RewrittenText_KeepsPositions()
    {
        await using var runtime = await own.NewAsync();

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("const f = () => import('x');\nconst g = () => import('y'); null.x", new JsEvaluateOptions { FileName = "where.js" }, Token));

        error.JsStack.ShouldContain("where.js:2:35");
    }

    [Fact]
    public async Task Import_TextThatDoesNotParse_IsV8sOwnError()
    {
        await using var runtime = await own.NewAsync();

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("import('x'); let let = 1", cancellationToken: Token));

        error.Name.ShouldBe("SyntaxError");
        error.Message.ShouldContain("let is disallowed");
    }

    [Fact]
    public async Task Globals_RewrittenImport_IsNoPropertyAndCannotBeReplaced()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("m", "export const value = 1");

        (await runtime.EvaluateAsync<string>("Object.getOwnPropertyNames(globalThis).filter(n => n.charCodeAt(0) > 127).join()", Token)).ShouldBe("");
        (await runtime.EvaluateAsync<string>("try { \\uA7F7 = 1; 'replaced' } catch (e) { e.name }", Token)).ShouldBe("TypeError");
        (await runtime.EvaluateAsync<int>("globalThis.\\uA7F7 = () => 1; import('m').then(m => m.value)", Token)).ShouldBe(1);
        (await runtime.EvaluateAsync<string>("typeof __jsrun", Token)).ShouldBe("undefined");
    }

    [Theory]
    [InlineData("(0, eval)(\"import('m')\")")]
    [InlineData("eval(\"import('m')\")")]
    [InlineData("new Function(\"return import('m')\")()")]
    [InlineData("(async function () {}).constructor(\"return await import('m')\")()")]
    [InlineData("eval(\"import('j', { with: { type: 'json' } }).then(m => m.default)\")")]
    [InlineData("eval(\"import('./m')\")", "TypeError: Module resolution denied for './m' from a script")]
    [InlineData("eval(\"import('j', { with: { sort: 'json' } })\")", "TypeError: The import attribute 'sort' is not supported: only 'type' is")]
    [InlineData("eval(\"import('none')\")", "TypeError: Module resolution denied for 'none' from a script")]
    [InlineData("eval(\"import({ toString() { throw new RangeError('mine'); } })\")", "RangeError: mine")]
    public async Task Import_InTextOfTheScriptsOwn_UsesTheRuntimesModules(string code, string answer = "42")
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("m", "export const value = 42");
        runtime.Modules.Add("j", JsModuleSource.Json("""{ "value": 42 }"""));

        (await runtime.EvaluateAsync<string>($"{code}.then(m => `${{m.value}}`, e => `${{e.name}}: ${{e.message}}`)", Token).InTime()).ShouldStartWith(answer);
    }

    [Fact]
    public async Task Import_InTextOfTheScriptsOwnWithoutTheNativeLayer_IsRefused()
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = JsNativeMode.Off);
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        runtime.Modules.Add("m", "export const value = 42");

        (await runtime.EvaluateAsync<string>("eval(\"import('m')\").then(() => 'imported', e => e.message)", Token).InTime()).ShouldBe("Not supported");
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: loader timeout")]
    public async Task ImportAsync_LoaderNeverAnswers_EndsAtTheTimeoutAndTellsTheLoader()
    {
        await using var runtime = await own.NewAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.Modules.Loader = async (_, cancellationToken) =>
        {
            cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.ImportAsync("x:y", new JsImportOptions { Timeout = TimeSpan.FromMilliseconds(50) }, Token).AsTask().InTime());

        await cancelled.Task.InTime();
        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Import_WhatItIsForEnds_TellsTheLoader(bool timesOut, bool withinAModule)
    {
        await using var runtime = await own.NewAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.Modules.Add("entry", "globalThis.load = import('x:y'); load.catch(() => {}); await load;");
        runtime.Modules.Loader = async (_, cancellationToken) =>
        {
            cancellationToken.Register(cancelled.SetResult);
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        using var cancellation = new CancellationTokenSource();
        TimeSpan? limit = timesOut ? TimeSpan.FromMilliseconds(100) : null;

        Task pending = withinAModule
            ? runtime.ImportAsync("entry", new JsImportOptions { Timeout = limit }, cancellation.Token).AsTask()
            : runtime.EvaluateAsync("globalThis.load = import('x:y'); load.catch(() => {}); load", new JsEvaluateOptions { Timeout = limit }, cancellation.Token).AsTask();
        await began.Task.InTime();
        if (!timesOut)
        {
            await cancellation.CancelAsync();
        }

        (await Record.ExceptionAsync(async () => await pending.InTime())).ShouldBeOfType(timesOut ? typeof(JsTimeoutException) : typeof(OperationCanceledException));
        await cancelled.Task.InTime();
        (await runtime.EvaluateAsync<string>("load.then(() => 'loaded', e => `${e.name}: ${e.message}`)", Token).InTime()).ShouldBe(
            "TypeError: The import of 'x:y' was cancelled: the evaluation or request that it belongs to timed out, was cancelled, or has ended.");
    }

    [Fact]
    public async Task ImportAsync_OneOfTwoGivesUp_TheOtherGetsTheModule()
    {
        await using var runtime = await own.NewAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<JsModuleSource?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var loads = 0;
        runtime.Modules.Loader = async (_, cancellationToken) =>
        {
            loads++;
            began.TrySetResult();
            return await answer.Task.WaitAsync(cancellationToken);
        };
        using var cancellation = new CancellationTokenSource();
        var first = runtime.ImportAsync("x:y", cancellationToken: cancellation.Token).AsTask();
        var second = runtime.ImportAsync("x:y", cancellationToken: Token).AsTask();
        await began.Task.InTime();

        await cancellation.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(async () => await first.InTime())).CancellationToken.ShouldBe(cancellation.Token);
        answer.SetResult("export const value = 1");

        (await second.InTime())["value"].ShouldBe(1L);
        loads.ShouldBe(1);
    }

    [Fact]
    public async Task DisposeAsync_WhileAModuleLoads_TellsTheLoader()
    {
        var runtime = await own.NewAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.Modules.Loader = async (_, cancellationToken) =>
        {
            cancellationToken.Register(cancelled.SetResult);
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        var pending = runtime.EvaluateAsync("import('x:y')", cancellationToken: Token).AsTask();
        await began.Task.InTime();

        await runtime.DisposeAsync();

        await cancelled.Task.InTime();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await pending.InTime());
    }

    [Fact]
    public async Task EvaluateAsync_OtherRuntime_HasItsOwnModules()
    {
        await using var one = await own.NewAsync();
        await using var two = await own.NewAsync();
        one.Modules.Add("m", "export const value = 1");
        two.Modules.Add("m", "export const value = 2");

        (await one.EvaluateAsync<int>("import('m').then(m => m.value)", Token)).ShouldBe(1);
        (await two.EvaluateAsync<int>("import('m').then(m => m.value)", Token)).ShouldBe(2);
    }

    [Fact]
    public async Task RentAsync_Modules_AreTheLeasesOwn()
    {
        await using var host = await TestHost.StartAsync();
        await using (var first = await host.Runtimes.RentAsync(Token))
        {
            first.Modules.Add("m", "export const value = 1");
            (await first.ImportAsync("m", cancellationToken: Token))["value"].ShouldBe(1L);
        }

        await using var second = await host.Runtimes.RentAsync(Token);
        await Should.ThrowAsync<JsModuleException>(async () => await second.ImportAsync("m", cancellationToken: Token));
    }
}
