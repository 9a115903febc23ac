using System.Collections;
using System.Collections.Concurrent;
using JsRun.Bindings;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Bindings;

public sealed partial class FunctionBindingTests
{
    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Env_OpsAndBindings_CanBeCalled(JsIsolation isolation)
    {
        await using var app = await StartAsync(
            jsrun => jsrun
                .AddOp("notify", (string text, JsHostCall call) => $"{text} {call.RequestId?.Length > 0}")
                .AddOp("later", async (int a) =>
                {
                    await Task.Yield();
                    return a + 1;
                }, JsOpMode.Async)
                .AddBinding("KV", new Store())
                .AddBinding("config", new Dictionary<string, object?> { ["limit"] = 5, ["now"] = () => 7 }),
            options =>
            {
                options.Isolation = isolation;
                options.Permissions.Add("op:*");
                options.Env["GREETING"] = "hi";
            });
        var function = await app.HandleAsync("return Response.json([env.GREETING, env.notify('x'), await env.later(1), env.KV.get('a'), await env.KV.putAsync('a', 'b'), env.KV.get('a'), env.config.limit, env.config.now()]);", "f.js");

        (await function.GetAsync()).ShouldBe("""["hi","x True",2,null,null,"b",5,7]""");
        (await function.GetAsync()).ShouldBe("""["hi","x True",2,"b",null,"b",5,7]""");
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Auto)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Auto)]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Off)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Off)]
    public async Task Env_ValuesOfOps_FollowTheSameRules(JsIsolation isolation, JsNativeMode native)
    {
        await using var app = await StartAsync(
            jsrun => jsrun
                .AddOp("pay", (decimal amount) => amount.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .AddOp("weekday", (DayOfWeek day) => day.ToString())
                .AddOp("query", (object?[] values) => string.Join(' ', values.Select(v => v?.GetType().Name ?? "null")))
                .AddOp("user", async Task<User> () =>
                {
                    await Task.Yield();
                    return new Admin();
                })
                .AddOp("end", () => DateTimeOffset.MaxValue)
                .AddBinding("settings", new { Limit = 0.1m }, JsPermission.None, group: null),
            options =>
            {
                options.Isolation = isolation;
                options.Engine.Native = native;
                options.Permissions.Add("op:*");
            });
        var function = await app.HandleAsync(
            """
            const attempt = (f) => { try { return f(); } catch (e) { return `${e.name}: ${e.message.includes('argument 1 (day)')}`; } };
            return Response.json([env.pay(12345678901234.56), attempt(() => env.weekday(4294967301)), attempt(() => env.weekday('Someday')), env.weekday('friday'),
              env.query([1, 'a', new Date(0), null, 1.5]), await env.user(), env.end(), env.settings.limit, 'hostException' in {}]);
            """,
            "f.js");

        (await function.GetAsync()).ShouldBe("""["12345678901234.56","TypeError: true","TypeError: true","Friday","Int64 String DateTimeOffset null Double",{"name":"n"},"9999-12-31T23:59:59.999Z",0.1,false]""");
    }

    [Fact]
    public async Task AddBinding_NoPermission_IsThereWithoutAnyGrant()
    {
        await using var app = await StartAsync(
            jsrun => jsrun.AddBinding("open", new Dictionary<string, object?> { ["limit"] = 5, ["add"] = (int a, int b) => a + b }, JsPermission.None, group: null).AddBinding("closed", new Dictionary<string, object?> { ["limit"] = 5 }),
            _ => { });
        var function = await app.HandleAsync("return Response.json([env.open.limit, env.open.add(1, 2), env.closed]);", "f.js");

        (await function.GetAsync()).ShouldBe("[5,3,{}]");
    }

    [Fact]
    public async Task Start_BindingOfAnObjectWithMethods_SaysWhatToDo() =>
        (await Should.ThrowAsync<ArgumentException>(() => StartAsync(jsrun => jsrun.AddBinding("users", new UserStore()), _ => { }))).Message.ShouldContain("'users' is a JsRun.Hosting.Tests.Bindings.FunctionBindingTests+UserStore, whose methods ('Find') scripts could not call: add [JsExport]");

    [Fact]
    public async Task Env_WithoutThePermission_DeniesCallsAndShowsNoData()
    {
        var denials = new ConcurrentQueue<JsPermissionDenial>();
        await using var app = await StartAsync(
            jsrun => jsrun.AddOp("notify", () => 1).AddBinding("KV", new Dictionary<string, object?> { ["secret"] = "x", ["get"] = () => 1 }).OnPermissionDenied(denials.Enqueue),
            options => options.Permissions.Add("op:other"));
        var function = await app.HandleAsync("const attempt = (f) => { try { return f(); } catch (e) { return `${e.name}: ${e.code}`; } }; return Response.json([attempt(() => env.notify()), attempt(() => env.KV.get()), Object.keys(env.KV)]);", "f.js");

        (await function.GetAsync()).ShouldBe("""["PermissionDenied: permission-denied","PermissionDenied: permission-denied",["get"]]""");

        denials.Select(d => (d.Permission, d.Function, d.RequestId?.Length > 0)).ShouldBe([("op:notify", "f.js", true), ("op:KV", "f.js", true)]);
        app.Logs.Entries.Count(e => e.Category == "JsRun.Audit").ShouldBe(2);
    }

    [Fact]
    public async Task Env_OfAnotherGroup_HasNotItsBindings()
    {
        await using var app = await StartAsync(
            jsrun => jsrun.AddGroup("acme", group => group.Permissions.Add("op:*")).AddOp("own", () => 1, group: "acme").AddOp("common", () => 2),
            options => options.Permissions.Add("op:*"));
        app.Write("f.js", "export default { fetch: (request, env) => Response.json(Object.keys(env)) };");
        var (acme, plain) = (await app.DeployFileAsync("f.js", "acme"), await app.DeployFileAsync("f.js", ""));

        (await acme.GetAsync()).ShouldBe("""["own","common"]""");
        (await plain.GetAsync()).ShouldBe("""["common"]""");
    }

    [Fact]
    public async Task Env_VariablesOfTheProcess_AreThoseThatAreGranted()
    {
        await using var app = await StartAsync(
            _ => { },
            options =>
            {
                options.Permissions.Add("env:PUBLIC_*");
                options.Permissions.Add("env:REGION");
                options.Env["REGION"] = "configured";
            },
            services => services.AddSingleton<EnvironmentVariables>(() => new Hashtable { ["PUBLIC_URL"] = "https://x", ["SECRET"] = "s", ["REGION"] = "process" }));
        var function = await app.HandleAsync("return Response.json(Object.entries(env).sort());", "f.js");

        (await function.GetAsync()).ShouldBe("""[["PUBLIC_URL","https://x"],["REGION","configured"]]""");
    }

    [Fact]
    public async Task Start_BindingTwiceOrForAnUnknownGroup_SaysSo()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(jsrun => jsrun.AddOp("x", () => 1).AddBinding("x", () => 2), _ => { }))).Message.ShouldContain("two bindings of the name 'x'");
        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(jsrun => jsrun.AddOp("x", () => 1, group: "nobody"), _ => { }))).Message.ShouldContain("JsRun:Groups:nobody");
    }

    [Fact]
    public async Task AddBinding_InvalidPermission_IsRefused()
    {
        var builder = new ServiceCollection().AddJsRun();

        Should.Throw<ArgumentException>(() => builder.AddBinding("my binding", () => 1)).Message.ShouldContain("use op:NAME");
        builder.AddBinding("my binding", () => 1, "op:mine", group: null);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Op_ClientThatLeaves_CancelsItsToken(JsIsolation isolation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await StartAsync(
            jsrun => jsrun.AddOp("wait", (CancellationToken token) =>
            {
                token.Register(() => cancelled.SetResult());
                started.SetResult();
                return Task.Delay(Timeout.Infinite, token);
            }, JsOpMode.Async),
            options =>
            {
                options.Isolation = isolation;
                options.Permissions.Add("op:wait");
            });
        var function = await app.HandleAsync("await env.wait(); return new Response('');");
        using var client = new CancellationTokenSource();

        var call = function.InvokeAsync(EdgeFunctionCalls.Get(), client.Token).AsTask();
        await (await Task.WhenAny(call, started.Task).InTime());
        await client.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await cancelled.Task.InTime();
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Op_ThatFails_IsAnErrorOfTheFunctionWithTheHostsExceptionInside()
    {
        var thrown = new InvalidOperationException("secret");
        await using var app = await StartAsync(jsrun => jsrun.AddOp("fail", new Action(() => throw thrown)), options => options.Permissions.Add("op:*"));
        var function = await app.HandleAsync("env.fail(); return new Response('');");

        var error = await Should.ThrowAsync<JavaScriptException>(() => function.InvokeAsync(EdgeFunctionCalls.Get(), TestContext.Current.CancellationToken).AsTask());

        error.InnerException.ShouldBeSameAs(thrown);
        error.Message.ShouldNotContain("secret");
    }

    private static Task<FunctionApp> StartAsync(Action<IJsRunBuilder> bind, Action<JsRunOptions> configure, Action<IServiceCollection>? services = null) => FunctionApp.StartAsync(configure, services: collection =>
    {
        bind(collection.AddJsRun());
        services?.Invoke(collection);
    });

    [JsExport]
    private sealed partial class Store
    {
        private readonly ConcurrentDictionary<string, string> _values = new();

        public string? Get(string key) => _values.GetValueOrDefault(key);

        public async Task<string?> PutAsync(string key, string value)
        {
            await Task.Yield();
            _values[key] = value;
            return null;
        }
    }

    private class User
    {
        public string Name { get; set; } = "n";
    }

    private sealed class Admin : User
    {
        public string PasswordHash { get; set; } = "hash";
    }

    private sealed class UserStore
    {
        public int Count { get; set; }

        public int Find(int id) => id + Count;
    }
}
