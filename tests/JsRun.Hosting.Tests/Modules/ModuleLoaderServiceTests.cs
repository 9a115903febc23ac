using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Modules;

public sealed class ModuleLoaderServiceTests
{
    private const string Sum = "import { withTax } from 'library:tax'; export default { fetch: () => new Response(`${withTax(100)}`) };";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Documentation_Loader_IsTheOneThatIsTested()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests/JsRun.Hosting.Tests/Modules/LibraryLoader.cs"));

        File.ReadAllText(Path.Combine(Repository.Root, "docs/modules.md")).ShouldContain(source[source.IndexOf("public sealed class", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task LoadAsync_Function_GetsWhatItImports()
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsModuleLoader, LibraryLoader>());

        (await (await app.DeployAsync(Sum)).GetAsync()).ShouldBe("121");
    }

    [Fact]
    public async Task LoadAsync_DynamicImportOfAFunction_IsLoadedAtRunTime()
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsModuleLoader, LibraryLoader>());
        var function = await app.HandleAsync("const name = url.searchParams.get('name'); try { return new Response(`${(await import('library:' + name)).withTax(100)}`); } catch (e) { return new Response(`${e}`); }");

        (await function.GetAsync("/?name=tax")).ShouldBe("121");
        (await function.GetAsync("/?name=none")).ShouldContain("The module loader has no module library:none");
    }

    [Fact]
    public async Task LoadAsync_NoLoader_FunctionIsNotDeployed()
    {
        await using var app = await FunctionApp.StartAsync();

        (await app.TryDeployAsync(Sum)).Error!.ShouldContain("'library:tax' has a scheme");
    }

    [Fact]
    public async Task LoadAsync_RelativeImportsOfALoadedModule_AreAskedByTheirUrl()
    {
        var asked = new List<JsModuleLoadRequest>();
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsModuleLoader>(new Loader(request =>
        {
            asked.Add(request);
            return request.Url.EndsWith(".json", StringComparison.Ordinal) ? JsModuleSource.Json("[1, 2]")
                : request.Url.EndsWith(".ts", StringComparison.Ordinal) ? "import list from '../data.json' with { type: 'json' }; export const count: number = list.length;"
                : null;
        })));
        var function = await app.DeployAsync("import { count } from 'https://modules.example/lib/a.ts'; export default { fetch: () => new Response(`${count}`) };", "f.js");

        (await function.GetAsync()).ShouldBe("2");
        asked.Select(static r => (r.Url, r.Type, r.Referrer)).ShouldBe([
            ("https://modules.example/lib/a.ts", null, "file:///f.js"),
            ("https://modules.example/data.json", "json", "https://modules.example/lib/a.ts")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoadAsync_Throws_FailsTheDeploymentAndTheNextOneWorks(bool synchronously)
    {
        var throws = true;
        await using var app = await FunctionApp.StartAsync(services: services => services.AddSingleton<IJsModuleLoader>(new Loader(
            _ => throws ? throw new IOException("broken") : "export const withTax = () => 1", synchronously)));
        var function = await app.TryDeployAsync(Sum);

        function.State.ShouldBe(EdgeFunctionState.Failed);
        function.Error!.ShouldContain("The module loader failed for library:tax");
        throws = false;
        (await function.ReloadAsync(Token)).ShouldBeTrue();
        (await function.GetAsync()).ShouldBe("1");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task LoadAsync_NeverAnswers_FailsTheDeploymentAtTheLimit()
    {
        await using var app = await FunctionApp.StartAsync(
            o => o.Limits.StartupTimeout = TimeSpan.FromMilliseconds(200),
            services: services => services.AddSingleton<IJsModuleLoader>(new Silent()));

        (await app.TryDeployAsync(Sum).InTime()).Error!.ShouldContain("JsRun:Limits:StartupTimeout");
    }

    [Fact]
    public async Task LoadAsync_KeyedByGroup_IsForThatGroup()
    {
        await using var app = await FunctionApp.StartAsync(
            o => o.Groups["tenant"] = new JsRunGroupOptions(),
            services: services => services.AddSingleton<IJsModuleLoader, LibraryLoader>().AddKeyedSingleton<IJsModuleLoader>("tenant", new Loader(_ => "export const withTax = () => 'theirs'")));
        app.Write("f.js", Sum);

        (await (await app.DeployFileAsync("f.js", "tenant")).GetAsync()).ShouldBe("theirs");
        (await (await app.DeployFileAsync("f.js", JsRunOptions.DefaultGroupName)).GetAsync()).ShouldBe("121");
        await using var rented = await app.Host.Runtimes.RentAsync("tenant", Token);
        (await rented.ImportAsync("library:tax", cancellationToken: Token))["withTax"].ShouldNotBeNull();
        (await rented.EvaluateAsync<string>("import('library:tax').then(m => m.withTax())", Token)).ShouldBe("theirs");
    }

    [Fact]
    public async Task LoadAsync_RuntimeWithoutLoader_AsksTheServiceAndOneWithLoaderDoesNot()
    {
        await using var host = await TestHost.StartAsync(services: services => services.AddSingleton<IJsModuleLoader, LibraryLoader>());
        await using var own = await host.Runtimes.CreateAsync(cancellationToken: Token);
        await using var other = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Modules = { SyncLoader = _ => "export const withTax = () => 'mine'" } }, Token);

        (await own.EvaluateAsync<double>("import('library:tax').then(m => m.withTax(100))", Token)).ShouldBe(121);
        (await other.EvaluateAsync<string>("import('library:tax').then(m => m.withTax())", Token)).ShouldBe("mine");
        Should.Throw<JsModuleException>(() => own.Import("library:other", cancellationToken: Token)).Message.ShouldContain("asynchronous module loader");
    }

    private sealed class Loader(Func<JsModuleLoadRequest, JsModuleSource?> load, bool synchronously = true) : IJsModuleLoader
    {
        public async ValueTask<JsModuleSource?> LoadAsync(JsModuleLoadRequest request, CancellationToken cancellationToken)
        {
            if (!synchronously)
            {
                await Task.Yield();
            }

            return load(request);
        }
    }

    private sealed class Silent : IJsModuleLoader
    {
        public async ValueTask<JsModuleSource?> LoadAsync(JsModuleLoadRequest request, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task;
            return null;
        }
    }
}
