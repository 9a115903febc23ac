namespace JsRun.Hosting.Tests.Functions;

public sealed class DeploymentTests : IAsyncLifetime
{
    private FunctionApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await FunctionApp.StartAsync(o => o.Limits.StartupTimeout = TimeSpan.FromSeconds(20));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task ReloadAsync_SameContent_IsNoNewGeneration()
    {
        const string code = "export default { fetch() { return new Response('1') } }";
        var function = await _app.DeployAsync(code, "a.js");
        function.Generation.ShouldBe(1);

        _app.Write("a.js", code);

        (await function.ReloadAsync(Token)).ShouldBeFalse();
        function.Generation.ShouldBe(1);
        function.State.ShouldBe(EdgeFunctionState.Ready);
    }

    [Fact]
    public async Task ReloadAsync_NewContent_ServesItAndRequestsInFlightFinishOnTheOld()
    {
        var function = await _app.DeployAsync("export default { async fetch(request) { console.log('old'); await request.text(); return new Response('old') } }", "a.js");
        var body = new System.IO.Pipelines.Pipe();
        var inFlight = function.SendAsync(EdgeFunctionCalls.Post(body.Reader));
        await _app.Logs.WaitForAsync(e => e.Id == 101 && e.Message.Contains("old", StringComparison.Ordinal));

        _app.Write("a.js", "export default { fetch() { return new Response('new') } }");

        (await function.ReloadAsync(Token)).ShouldBeTrue();
        function.Generation.ShouldBe(2);
        (await function.GetAsync()).ShouldBe("new");
        await body.Writer.CompleteAsync();
        (await inFlight).ShouldBe("old");
        await _app.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData("export default { fetch() {\n  return new Response('x' + );\n} }", "a.js:2:")]
    [InlineData("import { missing } from './nowhere.js';\nexport default { fetch() {} }", "nowhere.js")]
    [InlineData("\n\nnull.x;\nexport default { fetch() {} }", "a.js:3:")]
    [InlineData("", "no longer has a default export")]
    [InlineData("export const x = 1;", "no longer has a default export")]
    public async Task ReloadAsync_Broken_KeepsTheOldOneAndSaysWhy(string broken, string says)
    {
        var function = await _app.DeployAsync("export default { fetch() { return new Response('old') } }", "a.js");

        _app.Write("a.js", broken);

        (await function.ReloadAsync(Token)).ShouldBeFalse();
        function.Generation.ShouldBe(1);
        function.State.ShouldBe(EdgeFunctionState.Ready);
        function.Error.ShouldNotBeNull().ShouldContain(says);
        (await function.GetAsync()).ShouldBe("old");

        _app.Write("a.js", "export default { fetch() { return new Response('mended') } }");
        (await function.ReloadAsync(Token)).ShouldBeTrue();
        function.Error.ShouldBeNull();
        (await function.GetAsync()).ShouldBe("mended");
    }

    [Fact]
    public async Task DeployAsync_SyntaxError_TellsLineColumnAndFrame()
    {
        var function = await _app.TryDeployAsync("const a = 1;\nconst b = a +;\nexport default { fetch() {} }", "a.js");

        function.State.ShouldBe(EdgeFunctionState.Failed);
        var error = function.Error.ShouldNotBeNull();
        error.ShouldContain("a.js:2:14");
        error.ShouldContain("const b = a +;");
        error.ShouldContain("^");
        await Should.ThrowAsync<JsModuleException>(async () => await function.GetAsync());
    }

    [Fact]
    public async Task DeployAsync_WhatTheCompilerTakesAndV8Refuses_Fails()
    {
        // A label's name that strict code may not use would be found; the depth at which the two parsers give up is not the same.
        var deep = string.Concat(Enumerable.Repeat("(", 400)) + "1" + string.Concat(Enumerable.Repeat(")", 400));
        var function = await _app.TryDeployAsync($"const x = /(?<a>.)|(?<a>.)/v; const y = {deep}; export default {{ fetch() {{ return new Response('fine') }} }}");

        if (function.State == EdgeFunctionState.Ready)
        {
            (await function.GetAsync()).ShouldBe("fine");
        }
        else
        {
            function.Error.ShouldNotBeNull().ShouldNotContain("isolate");
        }
    }

    [Fact]
    public async Task ReloadAsync_FileThatIsBrokenAsBefore_IsReportedOnce()
    {
        var function = await _app.TryDeployAsync("export default {", "broken.js");

        await function.ReloadAsync(Token);
        await function.ReloadAsync(Token);

        _app.Logs.Entries.Count(e => e.Id is 201 or 202 && e.Message.Contains("broken.js", StringComparison.Ordinal)).ShouldBe(1);
        _app.Write("broken.js", "export default {}}");
        await function.ReloadAsync(Token);
        _app.Logs.Entries.Count(e => e.Id is 201 or 202 && e.Message.Contains("broken.js", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task DeployAsync_NoHandler_IsALibrary()
    {
        var function = await _app.TryDeployAsync("export const shared = 1;");

        function.State.ShouldBe(EdgeFunctionState.Library);
        function.Error.ShouldBeNull();
    }

    [Fact]
    public async Task DeployAsync_TopLevelAwait_IsAwaited()
    {
        var function = await _app.DeployAsync("const value = await new Promise((resolve) => setTimeout(() => resolve('awaited'), 20)); export default { fetch() { return new Response(value) } }");

        (await function.GetAsync()).ShouldBe("awaited");
        (await function.GetAsync()).ShouldBe("awaited");
    }

    [Fact]
    public async Task Imports_StaticDynamicComputedAndJson_AreThere()
    {
        _app.Write("lib/one.js", "export const one = 'one'; export let count = 0; export function add() { count++; }");
        _app.Write("lib/two.js", "export default 'two'");
        _app.Write("lib/late.js", "import { one } from './one.js'; export const late = one + '+late';");
        _app.Write("lib/data.json", """{ "value": "json" }""");
        var function = await _app.DeployAsync("""
            import { one, count, add } from './lib/one.js';
            import data from './lib/data.json' with { type: 'json' };
            export default {
              async fetch(request, env, ctx) {
                add();
                const two = (await import('./lib/two.js')).default;
                const { late } = await import('./lib/' + ctx.requestId.slice(1) + '.js');
                return new Response([one, count, two, data.value, late].join());
              }
            }
            """);

        (await function.GetAsync("/late")).ShouldBe("one,1,two,json,one+late");
        (await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/nowhere"))).Message.ShouldContain("nowhere");
        await _app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Remove_Function_IsNotDeployedAnyMore()
    {
        var function = await _app.EchoAsync();

        _app.Host.Functions.Remove(function);

        await Should.ThrowAsync<JsModuleException>(async () => await function.GetAsync());
        _app.Host.Functions.Functions.ShouldNotContain(function);
    }
}
