using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>What the original's tests of modules leave out: specifiers, import maps, attributes, cycles, errors that are remembered, entries.</summary>
public sealed class ModuleLinkingTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    // (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
    private static readonly byte[] Add = [0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11];

    // (module (import "env" "log" (func (param i32))) (func (export "run") i32.const 42 call 0))
    private static readonly byte[] Run = [0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 2, 96, 1, 127, 0, 96, 0, 0, 2, 11, 1, 3, 101, 110, 118, 3, 108, 111, 103, 0, 0, 3, 2, 1, 1, 7, 7, 1, 3, 114, 117, 110, 0, 1, 10, 8, 1, 6, 0, 65, 42, 16, 0, 11];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "2.17: two entry modules on one runtime")]
    public async Task ImportAsync_TwoEntries_ShareTheirModules()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("counter", "let n = 0; export const next = () => ++n");
        runtime.Modules.Add("one", "import { next } from 'counter'; export const value = next()");
        runtime.Modules.Add("two", "import { next } from 'counter'; export const value = next()");

        (await runtime.ImportAsync("one", cancellationToken: Token))["value"].ShouldBe(1L);
        (await runtime.ImportAsync("two", cancellationToken: Token))["value"].ShouldBe(2L);
        (await runtime.ImportAsync("one", cancellationToken: Token))["value"].ShouldBe(1L);
    }

    [Fact]
    public async Task ImportAsync_ManyAtOnce_LoadEachModuleOnce()
    {
        await using var runtime = await own.NewAsync();
        var loaded = new System.Collections.Concurrent.ConcurrentBag<string>();
        runtime.Modules.Loader = async (request, _) =>
        {
            loaded.Add(request.Url);
            await Task.Yield();
            return request.Url.EndsWith("shared", StringComparison.Ordinal) ? "globalThis.times = (globalThis.times ?? 0) + 1" : "import 'x:shared'; export const url = import.meta.url";
        };

        var names = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i => (await runtime.ImportAsync($"x:{i % 4}", cancellationToken: Token))["url"]));

        names.Distinct().Order().ShouldBe(["x:0", "x:1", "x:2", "x:3"]);
        loaded.Order().ShouldBe(["x:0", "x:1", "x:2", "x:3", "x:shared"]);
        (await runtime.EvaluateAsync<int>("times", Token)).ShouldBe(1);
    }

    [Fact]
    [Trait("Upstream", "2.17: relative specifiers")]
    public async Task ImportAsync_RelativeSpecifiers_AreResolvedAsUrls()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.SyncLoader = request => request.Url switch
        {
            "https://example.com/app/main.js" => "import a from './lib/a.js'; import b from '/b.js?v=1'; import c from '//other.example/c.js'; export default [a, b, c]",
            "https://example.com/app/lib/a.js" => "import up from '../up.js'; export default 'a' + up",
            "https://example.com/app/up.js" => "export default '^'",
            "https://example.com/b.js?v=1" => "export default 'b'",
            "https://other.example/c.js" => "export default import.meta.url",
            _ => null,
        };

        (await runtime.ImportAsync("https://example.com/app/x/../main.js", cancellationToken: Token)).Default.ShouldBeExactly(new List<object?> { "a^", "b", "https://other.example/c.js" });
    }

    [Fact]
    public async Task ImportAsync_StaticModules_ResolveAmongThemselves()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("lib/main.js", "import a from './a.js'; import b from '../b.js'; import odd from 'a name?#%41'; export default a + b + odd");
        runtime.Modules.Add("lib/a.js", "export default 'a'");
        runtime.Modules.Add("b.js", "export default 'b'");
        runtime.Modules.Add("a name?#%41", "export default import.meta.url");

        (await runtime.ImportAsync("lib/main.js", cancellationToken: Token)).Default.ShouldBe("abjsrun://static/a%20name%3F%23%2541");
        (await runtime.ImportAsync("./lib/main.js", cancellationToken: Token)).Url.ShouldBe("jsrun://static/lib/main.js");
    }

    [Fact]
    public async Task ImportAsync_ImportMap_MapsBareSpecifiersWithScopes()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions
        {
            Modules =
            {
                ImportMap = JsImportMap.Parse("""{ "imports": { "dep": "./dep-1.js", "pkg/": "https://cdn.example/pkg/", "no": null }, "scopes": { "https://cdn.example/": { "dep": "./dep-2.js" } } }"""),
                SyncLoader = static request => request.Url == "https://cdn.example/pkg/x.js" ? "export { default } from 'dep'" : null,
                Static = { ["dep-1.js"] = "export default 1", ["dep-2.js"] = "export default 2", ["main"] = "import a from 'dep'; import b from 'pkg/x.js'; export default [a, b]" },
            },
        });

        (await runtime.ImportAsync("main", cancellationToken: Token)).Default.ShouldBeExactly(new List<object?> { 1L, 2L });
        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("no", cancellationToken: Token))).Message.ShouldContain("import map forbids it");
    }

    [Fact]
    [Trait("Upstream", "2.17: import cycles")]
    public async Task ImportAsync_Cycle_SeesLiveBindings()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("a", "import { b } from 'b'; export let a = 'a'; export const both = () => a + b; export function early() { return 'hoisted' }");
        runtime.Modules.Add("b", "import { a, early } from 'a'; export const b = 'b' + early(); export const late = () => a");

        (await runtime.EvaluateAsync<string>("import('a').then(async a => a.both() + (await import('b')).late())", Token)).ShouldBe("abhoisteda");
    }

    [Fact]
    [Trait("Upstream", "2.17: JSON by import attribute")]
    public async Task ImportAsync_Attributes_GiveData()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("data", """{ "x": [1, 2] }""");
        runtime.Modules.Add("blob", JsModuleSource.Auto(new byte[] { 1, 2, 255 }));
        runtime.Modules.Add("main", """
            import json from 'data' with { type: 'json' };
            import text from 'data' with { type: 'text' };
            import bytes from 'blob' with { type: 'bytes' };
            const late = (await import('data', { with: { type: 'json' } })).default;
            export default [json.x, text.length, bytes instanceof Uint8Array, bytes[2], late === json];
            """);

        (await runtime.ImportAsync("main", cancellationToken: Token)).Default.ShouldBeEquivalentTo(new List<object?> { new List<object?> { 1L, 2L }, 15L, true, 255L, true });
        (await runtime.ImportAsync("data", new JsImportOptions { Type = "json" }, Token)).Default.ShouldBeOfType<Dictionary<string, object?>>().Keys.ShouldBe(["x"]);
    }

    [Theory]
    [InlineData("import x from 'json'", "is Json and no code: import it with { type: 'json' }")]
    [InlineData("import x from 'code' with { type: 'json' }", "was given as JavaScript")]
    [InlineData("import x from 'code' with { type: 'css' }", "it must be 'json', 'text', 'bytes' or 'webassembly'")]
    [InlineData("import x from 'broken' with { type: 'json' }", "not valid JSON")]
    [InlineData("import x from 'code' with { type: 'webassembly' }", "was given as JavaScript")]
    public async Task ImportAsync_WrongKind_SaysWhatItIs(string main, string expected)
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("json", JsModuleSource.Json("1"));
        runtime.Modules.Add("code", JsModuleSource.JavaScript("export default 1"));
        runtime.Modules.Add("broken", "{");
        runtime.Modules.Add("main", main);

        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("main", cancellationToken: Token))).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task ImportAsync_TypeScript_ByNameOrByKind()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("a.ts", "export const a: number = 1");
        runtime.Modules.Add("b", JsModuleSource.TypeScript("import { a } from './a.ts'; export const b: number = a + 1 as number"));

        (await runtime.ImportAsync("b", cancellationToken: Token))["b"].ShouldBe(2L);
    }

    [Theory]
    [InlineData(JsSurface.Full)]
    [InlineData(JsSurface.Contained)]
    [Trait("Upstream", "DOCS::wasm_module")]
    public async Task ImportAsync_WebAssembly_IsAnInstance(JsSurface surface)
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Surface = surface });
        runtime.Modules.Add("add", JsModuleSource.WebAssembly(Add));
        runtime.Modules.Add("run", JsModuleSource.Auto(Run));
        runtime.Modules.Add("env", "export let seen = 0; export const log = (n) => { seen = n }");
        runtime.Modules.Add("main", "import { add } from 'add'; import { run } from 'run'; import { seen } from 'env'; run(); export const sum = add(10, 13); export { seen }");

        var main = await runtime.ImportAsync("main", cancellationToken: Token);

        main["sum"].ShouldBe(23L);
        main["seen"].ShouldBe(42L);
    }

    [Fact]
    public async Task ImportAsync_WebAssemblyByType_IsACompiledModule()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("add", JsModuleSource.WebAssembly(Add));
        runtime.Modules.Add("main", "import module from 'add' with { type: 'webassembly' }; export const sum = new WebAssembly.Instance(module).exports.add(1, 2)");

        (await runtime.ImportAsync("main", cancellationToken: Token))["sum"].ShouldBe(3L);
    }

    [Fact]
    [Trait("Upstream", "2.17: import errors are remembered")]
    public async Task ImportAsync_TopLevelThrows_GivesTheSameErrorAgainAndRunsOnce()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("bad", "globalThis.runs = (globalThis.runs ?? 0) + 1; throw new RangeError('run ' + runs)");

        for (var i = 0; i < 2; i++)
        {
            var error = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.ImportAsync("bad", cancellationToken: Token));
            error.Name.ShouldBe("RangeError");
            error.Message.ShouldContain("run 1");
        }
    }

    [Fact]
    public async Task ImportAsync_LoaderFailed_IsAskedAgain()
    {
        await using var runtime = await own.NewAsync();
        var attempts = 0;
        runtime.Modules.SyncLoader = _ => ++attempts == 1 ? throw new TimeoutException("down") : "export const ok = true";

        await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("x:y", cancellationToken: Token));

        (await runtime.ImportAsync("x:y", cancellationToken: Token))["ok"].ShouldBe(true);
    }

    [Fact]
    [Trait("Upstream", "2.17: import errors are remembered")]
    public async Task ImportAsync_SyntaxError_IsRememberedUntilTheSourceIsReplaced()
    {
        await using var runtime = await own.NewAsync();
        var loads = 0;
        runtime.Modules.SyncLoader = _ =>
        {
            loads++;
            return "export const = 1";
        };
        for (var i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("x:y", cancellationToken: Token));
        }

        loads.ShouldBe(1);
        runtime.Modules.Add("m", "export const = 1");
        await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("m", cancellationToken: Token));
        runtime.Modules.Add("m", "export const fixed = true");
        (await runtime.ImportAsync("m", cancellationToken: Token))["fixed"].ShouldBe(true);
        runtime.Modules.Add("m", "export const fixed = 'too late'");
        (await runtime.ImportAsync("m", cancellationToken: Token))["fixed"].ShouldBe(true);
    }

    [Fact]
    public async Task ImportAsync_MissingExport_SaysWhere()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("lib", "export const a = 1");
        runtime.Modules.Add("main", "import { b } from 'lib'");

        var error = await Should.ThrowAsync<JavaScriptException>(async () => await runtime.ImportAsync("main", cancellationToken: Token));

        error.Name.ShouldBe("SyntaxError");
        error.Message.ShouldContain("'lib' has no export named 'b'");
        error.Message.ShouldContain("jsrun://static/main:1:10");
    }

    [Fact]
    public async Task Namespace_UnknownExport_NamesThoseThereAre()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("m", "export const a = 1, b = 2");

        var m = await runtime.ImportAsync("m", cancellationToken: Token);

        m.Keys.ShouldBe(["a", "b"]);
        (m.Count, m.ContainsKey("c"), m.TryGetValue("b", out var b), b).ShouldBe((2, false, true, 2L));
        m.Default.ShouldBe(JsUndefined.Value);
        Should.Throw<KeyNotFoundException>(() => m["c"]).Message.ShouldContain("It has: a, b.");
    }

    [Fact]
    public async Task Options_TwoLoaders_AreRefused()
    {
        await using var host = await TestHost.StartAsync();
        var options = new JsRuntimeOptions { Modules = { Loader = static (_, _) => default, SyncLoader = static _ => null } };

        (await Should.ThrowAsync<ArgumentException>(async () => await host.Runtimes.CreateAsync(options, Token))).Message.ShouldContain("both set");
    }

    [Fact]
    public async Task Resolver_ThrowsOrAnswersNonsense_SaysSo()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Resolver = _ => throw new InvalidDataException("no idea");
        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("m", cancellationToken: Token))).Message.ShouldBe("Module resolution failed for 'm': the resolver threw: InvalidDataException: no idea");

        runtime.Modules.Resolver = _ => "./relative";
        (await Should.ThrowAsync<JsModuleException>(async () => await runtime.ImportAsync("m", cancellationToken: Token))).Message.ShouldContain("neither an absolute URL nor the name of a static module");
    }

    [Fact]
    public async Task Resolver_Request_TellsWhoAsks()
    {
        await using var runtime = await own.NewAsync();
        var requests = new System.Collections.Concurrent.ConcurrentQueue<JsModuleRequest>();
        runtime.Modules.Resolver = request =>
        {
            requests.Enqueue(request);
            return null;
        };
        runtime.Modules.Add("main", "import 'dep'; await import('late', { with: { type: 'json' } })");
        runtime.Modules.Add("dep", "");
        runtime.Modules.Add("late", "1");

        await runtime.ImportAsync("main", cancellationToken: Token);
        await runtime.EvaluateAsync("import('dep').then(() => 1)", new JsEvaluateOptions { FileName = "my.js" }, Token);

        requests.ShouldBe(
        [
            new JsModuleRequest { Specifier = "main" },
            new JsModuleRequest { Specifier = "dep", Referrer = "jsrun://static/main" },
            new JsModuleRequest { Specifier = "late", Referrer = "jsrun://static/main", Type = "json", IsDynamic = true },
            new JsModuleRequest { Specifier = "dep", Referrer = "my.js", IsDynamic = true },
        ]);
    }
}
