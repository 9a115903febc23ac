namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>The original's tests of modules (test_modules.py).</summary>
public sealed class ModuleTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loader_Null_TakesTheLoaderAway()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.SyncLoader = _ => "export default 1";
        (await runtime.ImportAsync("http://x/a.js", cancellationToken: Token)).Default.ShouldBe(1L);

        runtime.Modules.SyncLoader = null;

        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("http://x/b.js", cancellationToken: Token))).Message.ShouldContain("no loader is set");
    }

    [Fact]
    [Trait("Upstream", "MOD::test_add_static_module_basic")]
    public async Task ImportAsync_StaticModule_HasItsExports()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("math", "export const value = 42");

        (await runtime.ImportAsync("math", cancellationToken: Token))["value"].ShouldBe(42L);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_add_static_module_with_import")]
    public async Task ImportAsync_StaticImportsStatic_Evaluates()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("utils", "export const double = (x) => x * 2");
        runtime.Modules.Add("main", "import { double } from 'utils'; export const result = double(21)");

        (await runtime.ImportAsync("main", cancellationToken: Token))["result"].ShouldBe(42L);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_add_multiple_static_modules")]
    public async Task ImportAsync_TwoLibraries_Evaluates()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("a", "export const a = 1");
        runtime.Modules.Add("b", "export const b = 2");
        runtime.Modules.Add("main", "import { a } from 'a'; import { b } from 'static:b'; export const sum = a + b");

        (await runtime.ImportAsync("main", cancellationToken: Token))["sum"].ShouldBe(3L);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("https://example.com/x.js")]
    [InlineData("./nowhere.js")]
    [InlineData("static:nowhere")]
    [Trait("Upstream", "MOD::test_module_without_add_static_module_fails")]
    public async Task ImportAsync_NothingIsSet_IsDeniedAndSaysWhatToDo(string specifier)
    {
        await using var runtime = await own.NewAsync();

        var error = await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync(specifier, cancellationToken: Token));

        error.Message.ShouldContain(specifier.Split('/', ':')[^1]);
        error.Message.ShouldMatch("Modules\\.Add|Modules\\.Loader");
    }

    [Theory]
    [InlineData("node:async_hooks", "AsyncLocalStorage,AsyncResource,asyncWrapProviders,createHook,default,executionAsyncId,executionAsyncResource,triggerAsyncId")]
    [InlineData("node:punycode", "decode,default,encode,toASCII,toUnicode,ucs2,version")]
    [InlineData("node:nothing", "TypeError")]
    [InlineData("fs", "TypeError")]
    public async Task Import_ModuleOfNode_IsThereByItsUrl(string specifier, string expected)
    {
        await using var runtime = await own.NewAsync();

        (await runtime.EvaluateAsync<string>($"import('{specifier}').then(m => Object.keys(m).sort().join(), e => e.name)", Token)).ShouldBe(expected);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_module_resolution_error")]
    public async Task ImportAsync_DependencyIsUnknown_SaysWhereItIsImported()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("main", "const a = 1;\nimport x from 'nowhere';");

        var error = await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("main", cancellationToken: Token));

        error.Message.ShouldStartWith("jsrun://static/main:2:15: Module resolution denied for 'nowhere'");
        (error.Line, error.Column).ShouldBe((2, 15));
    }

    [Fact]
    [Trait("Upstream", "MOD::test_set_module_resolver_basic")]
    public async Task Resolver_MapsAName_ItIsTheOther()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("foo", "export const name = 'foo'");
        runtime.Modules.Add("main", "import { name } from 'bar'; export const result = name");
        runtime.Modules.Resolver = request => request.Specifier == "bar" ? "jsrun://static/foo" : "";

        (await runtime.ImportAsync("main", cancellationToken: Token))["result"].ShouldBe("foo");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [Trait("Upstream", "MOD::test_resolver_returning_empty_string_fallback")]
    public async Task Resolver_AnswersNothing_StaticModulesAreUsed(string? answer)
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("math", "export const value = 7");
        runtime.Modules.Resolver = _ => answer;

        (await runtime.ImportAsync("math", cancellationToken: Token))["value"].ShouldBe(7L);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_set_module_loader_sync")]
    public async Task Loader_Synchronous_SuppliesSources()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("main", "import { value } from 'custom:thing'; export const result = value");
        runtime.Modules.Resolver = request => request.Specifier.StartsWith("custom:", StringComparison.Ordinal) ? request.Specifier : null;
        runtime.Modules.SyncLoader = request => request.Url == "custom:thing" ? "export const value = 'loaded'" : null;

        (await runtime.ImportAsync("main", cancellationToken: Token))["result"].ShouldBe("loaded");
    }

    [Fact]
    [Trait("Upstream", "MOD::test_set_module_loader_async")]
    public async Task Loader_Asynchronous_SuppliesSources()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Loader = async (request, cancellationToken) =>
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return $"export const url = {System.Text.Json.JsonSerializer.Serialize(request.Url)}";
        };

        (await runtime.ImportAsync("async:thing", cancellationToken: Token))["url"].ShouldBe("async:thing");
    }

    [Fact]
    [Trait("Upstream", "MOD::test_eval_module_async")]
    public async Task ImportAsync_TopLevelAwait_IsAwaited()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("main", "export const value = await new Promise(done => setTimeout(() => done(21), 5)) * 2");

        (await runtime.ImportAsync("main", cancellationToken: Token))["value"].ShouldBe(42L);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_eval_module_async_with_timeout")]
    public async Task ImportAsync_WithTimeout_GivesTheValue()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("main", "export const value = await Promise.resolve(123)");

        (await runtime.ImportAsync("main", new JsImportOptions { Timeout = TimeSpan.FromSeconds(30) }, Token))["value"].ShouldBe(123L);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Upstream", "MOD::test_module_loader_error")]
    public async Task Loader_Throws_IsAnErrorThatSaysSo(bool synchronous)
    {
        await using var runtime = await own.NewAsync();
        if (synchronous)
        {
            runtime.Modules.SyncLoader = _ => throw new InvalidDataException("no such thing");
        }
        else
        {
            runtime.Modules.Loader = (_, _) => throw new InvalidDataException("no such thing");
        }

        var error = await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("custom:thing", cancellationToken: Token));

        error.Message.ShouldBe("The module loader failed for custom:thing: InvalidDataException: no such thing");
        error.InnerException.ShouldBeOfType<InvalidDataException>();
    }

    [Fact]
    [Trait("Upstream", "MOD::test_module_syntax_error")]
    public async Task ImportAsync_SyntaxError_HasItsPlace()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("main", "import { a } from 'lib'");
        runtime.Modules.Add("lib", "export const a = 1;\nexport const = 2;");

        var error = await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("main", cancellationToken: Token));

        (error.File, error.Line, error.Column).ShouldBe(("jsrun://static/lib", 2, 14));
        error.Message.ShouldContain("> 2 | export const = 2;");
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "RT::test_eval_module_async_timeout_interrupts_sync_loop")]
    public async Task ImportAsync_EndlessLoop_EndsAtTheTimeout()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("loop", "while (true) {}");

        var error = await Should.ThrowAsync<JsTimeoutException>(async () =>
            await runtime.ImportAsync("static:loop", new JsImportOptions { Timeout = TimeSpan.FromMilliseconds(100) }, Token).AsTask().InTime());

        error.Message.ShouldContain("timed out");
        (await runtime.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_eval_module_sync")]
    public async Task Import_Synchronous_GivesTheNamespace()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("utils", "export const base = 40");
        runtime.Modules.Add("main", "import { base } from 'utils'; export const value = base + 2; export const add = (a, b) => a + b");

        var main = runtime.Import("main", cancellationToken: Token);

        main["value"].ShouldBe(42L);
        ((JsFunction)main["add"]!).Invoke(20, 22).ShouldBe(42L);
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "MOD::test_eval_module_sync_timeout")]
    public async Task Import_EndlessLoop_EndsAtTheRuntimesTimeout()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(100) });
        runtime.Modules.Add("loop", "while (true) {}");

        var error = await Should.ThrowAsync<JsTimeoutException>(() => Task.Run(() => runtime.Import("loop", cancellationToken: Token), Token).InTime());

        error.Message.ShouldContain("timed out");
        runtime.Evaluate("1 + 1", cancellationToken: Token).ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "MOD::test_async_loader_with_sync_eval_fails")]
    public async Task Import_AsynchronousLoader_IsAnErrorThatNamesTheWayOut()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Loader = (_, _) => ValueTask.FromResult<JsModuleSource?>("export const x = 1");

        var error = Should.Throw<JsModuleException>(() => runtime.Import("async:thing", cancellationToken: Token));

        error.Message.ShouldContain("asynchronous module loader cannot be used with a synchronous import");
        error.Message.ShouldContain("ImportAsync");
        (await runtime.ImportAsync("async:thing", cancellationToken: Token))["x"].ShouldBe(1L);
    }

    [Fact]
    public async Task Import_TopLevelWaits_SaysToImportAsynchronously()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("waits", "await new Promise(() => {})");
        runtime.Modules.Add("settled", "export const value = await Promise.resolve(1)");

        Should.Throw<InvalidOperationException>(() => runtime.Import("waits", cancellationToken: Token)).Message.ShouldContain("ImportAsync");
        runtime.Import("settled", cancellationToken: Token)["value"].ShouldBe(1L);
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task ImportAsync_TopLevelNeverSettles_EndsAtTheTimeoutUnlessAScriptSettlesIt()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("never", "await new Promise(() => {})");
        runtime.Modules.Add("late", "export const value = await new Promise((resolve) => { globalThis.settle = resolve; })");

        var late = runtime.ImportAsync("late", cancellationToken: Token).AsTask();
        await Should.ThrowAsync<JsTimeoutException>(() => runtime.ImportAsync("never", new JsImportOptions { Timeout = TimeSpan.FromMilliseconds(50) }, Token).AsTask().InTime());
        runtime.Evaluate("settle(3)", cancellationToken: Token);

        (await late.InTime())["value"].ShouldBe(3L);
    }

    [Theory]
    [InlineData(0, "cannot be zero")]
    [InlineData(-1000, "cannot be negative")]
    public async Task ImportAsync_WrongTimeout_IsRefused(int milliseconds, string expected)
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("m", "");

        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await runtime.ImportAsync("m", new JsImportOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) }, Token))).Message.ShouldContain(expected);
    }
}
