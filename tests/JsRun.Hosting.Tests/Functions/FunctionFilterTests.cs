using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Functions;

public sealed class FunctionFilterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddFunctionFilter_Several_RunInTheirOrderAroundTheFunction()
    {
        var steps = new List<string>();
        await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun()
            .AddFunctionFilter(Record(steps, "a"))
            .AddOp("inside", () => steps.Add("inside"), permission: "op:inside")
            .AddFunctionFilter(Record(steps, "b")),
            configure: o => o.Permissions.Add("op:inside"));
        var function = await app.HandleAsync("env.inside(); return new Response('ok');");

        (await function.GetAsync()).ShouldBe("ok");

        steps.ShouldBe(["a", "b", "inside", "/b", "/a"]);
    }

    [Fact]
    public async Task AddFunctionFilter_Group_IsForItsFunctionsOnly()
    {
        var filter = new Answer("filtered");
        await using var app = await FunctionApp.StartAsync(
            o => (o.Groups["tenant"], o.Groups["other"]) = (new JsRunGroupOptions(), new JsRunGroupOptions()),
            services: services => services.AddJsRun().AddFunctionFilter(filter, "tenant"));
        app.Write("f.js", "export default { fetch: () => new Response('function') }");

        (await (await app.DeployFileAsync("f.js", "tenant")).GetAsync()).ShouldBe("filtered");
        (await (await app.DeployFileAsync("f.js", "other")).GetAsync()).ShouldBe("function");
        (await (await app.DeployFileAsync("f.js", JsRunOptions.DefaultGroupName)).GetAsync()).ShouldBe("function");
    }

    [Fact]
    public async Task AddFunctionFilter_UnknownGroup_StopsTheStart() =>
        (await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun().AddFunctionFilter(new Answer("x"), "nobody"));
            await app.EchoAsync();
        })).Message.ShouldContain("JsRun:Groups:nobody");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filter_Throws_IsAHostExceptionWithItsCause(bool synchronously)
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun().AddFunctionFilter((_, _) =>
            synchronously ? throw new IOException("broken") : ValueTask.FromException<EdgeFunctionResult>(new IOException("broken"))));
        var function = await app.EchoAsync();

        (await Should.ThrowAsync<JsHostException>(() => function.GetAsync())).InnerException.ShouldBeOfType<IOException>();
        function.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Filter_ReturnsNull_IsAHostException()
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun().AddFunctionFilter((_, _) => ValueTask.FromResult<EdgeFunctionResult>(null!)));
        var function = await app.EchoAsync();

        (await Should.ThrowAsync<JsHostException>(() => function.GetAsync())).InnerException!.Message.ShouldContain("returned null");
    }

    [Fact]
    public async Task Filter_DropsTheResponseOfTheFunction_ReturnsItsLease()
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun().AddFunctionFilter(async (context, next) =>
        {
            await next(context);
            await next(context);
            return EdgeFunctionResult.Status(204);
        }));
        var function = await app.HandleAsync("return new Response(new ReadableStream({ pull() { return new Promise(() => {}); } }));");

        await using (var response = await function.InvokeAsync(EdgeFunctionCalls.Get(), Token).InTime())
        {
            response.Status.ShouldBe(204);
            function.Requests.ShouldBe(2);
        }

        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Filter_CallsNextWhenTheRequestHasEnded_Fails()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? late = null;
        await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun().AddFunctionFilter((context, next) =>
        {
            late = LateAsync();
            return ValueTask.FromResult(EdgeFunctionResult.Status(204));

            async Task LateAsync()
            {
                await go.Task;
                await next(context);
            }
        }));
        var function = await app.EchoAsync();

        await using var response = await function.InvokeAsync(EdgeFunctionCalls.Get(), Token).InTime();
        go.SetResult();

        (await Should.ThrowAsync<InvalidOperationException>(() => late!)).Message.ShouldContain("has ended");
        function.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Filter_LetsAnErrorOfTheApplicationsBodyPass_KeepsIt()
    {
        await using var app = await FunctionApp.StartAsync(services: services => services.AddJsRun().AddFunctionFilter((context, next) => next(context)));
        var function = await app.HandleAsync("throw new RangeError('mine');");

        (await Should.ThrowAsync<JavaScriptException>(() => function.GetAsync())).Name.ShouldBe("RangeError");
    }

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    public void Status_OutOfRange_IsRefused(int status) => Should.Throw<ArgumentOutOfRangeException>(() => EdgeFunctionResult.Status(status)).ParamName.ShouldBe("statusCode");

    [Theory]
    [InlineData("a\nb", "c")]
    [InlineData("a", "b\nc")]
    public void Status_HeaderWithLineBreak_IsRefused(string name, string value) =>
        Should.Throw<ArgumentException>(() => EdgeFunctionResult.Status(200, [new(name, value)])).Message.ShouldContain("line break");

    private static Func<EdgeFunctionFilterContext, EdgeFunctionFilterDelegate, ValueTask<EdgeFunctionResult>> Record(List<string> steps, string name) => async (context, next) =>
    {
        steps.Add(name);
        var result = await next(context);
        steps.Add("/" + name);
        return result;
    };

    private sealed class Answer(string text) : IEdgeFunctionFilter
    {
        public ValueTask<EdgeFunctionResult> InvokeAsync(EdgeFunctionFilterContext context, EdgeFunctionFilterDelegate next) => ValueTask.FromResult(EdgeFunctionResult.Text(text));
    }
}
