using System.Net;
using System.Text;
using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Functions;
using JsRun.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.AspNetCore.Tests.Bridge;

public class FunctionInvokerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoke_Request_CrossesAsOneFrame()
    {
        EdgeFunctionRequest? seen = null;
        await using var app = await FakeApp.ServeAsync((request, _) =>
        {
            seen = request;
            return new(FakeResponse.Text("ok"));
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/f/a%20b/c?x=%20") { Headers = { { "X-One", "1" }, { "Connection", "X-Hop" }, { "X-Hop", "2" } } };

        using var response = await app.Client.SendAsync(request, Token);

        seen.ShouldNotBeNull();
        seen.Method.ShouldBe("GET");
        seen.Url.ShouldBe("http://localhost/f/a%20b/c?x=%20");
        seen.Headers.ShouldContain("X-One\n1\n");
        seen.Headers.ShouldNotContain("X-Hop");
        seen.Body.ShouldBeNull();
        seen.Params.ShouldBe(new Dictionary<string, string> { ["rest"] = "a b/c" });
        seen.RequestId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Invoke_CatchAllWithoutRest_GivesTheEmptyRest()
    {
        EdgeFunctionRequest? seen = null;
        await using var app = await FakeApp.ServeAsync((request, _) =>
        {
            seen = request;
            return new(FakeResponse.Text("ok"));
        });

        await app.Client.GetStringAsync("/f", Token);

        seen!.Params.ShouldBe(new Dictionary<string, string> { ["rest"] = "" });
    }

    [Fact]
    public async Task Invoke_RequestWithBody_GivesTheReader()
    {
        await using var app = await FakeApp.ServeAsync(async (request, token) =>
        {
            var read = await request.Body!.ReadAtLeastAsync(5, token);
            var text = Encoding.UTF8.GetString(read.Buffer);
            request.Body.AdvanceTo(read.Buffer.End);
            return FakeResponse.Text(text);
        });
        using var content = new StringContent("hello");

        using var response = await app.Client.PostAsync("/f", content, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("hello");
    }

    [Fact]
    public async Task Invoke_TextAnswer_HasStatusHeadersAndLength()
    {
        var answer = FakeResponse.Text("grüße", 201, "content-type\ntext/plain\nset-cookie\na=1\nset-cookie\nb=2\ntransfer-encoding\nchunked\ncontent-length\n99\n");
        await using var app = await FakeApp.ServeAsync((_, _) => new(answer));

        using var response = await app.Client.GetAsync("/f", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Content.Headers.ContentLength.ShouldBe(7);
        response.Headers.GetValues("Set-Cookie").ShouldBe(["a=1", "b=2"]);
        response.Headers.TransferEncoding.ShouldBeEmpty();
        answer.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Invoke_StreamAnswer_SendsHeadersFirst()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await FakeApp.ServeAsync((_, _) => new(FakeResponse.Stream(
            async (writer, token) =>
            {
                await go.Task.WaitAsync(token);
                await writer.WriteAsync("late"u8.ToArray(), token);
            },
            "content-type\ntext/event-stream\n")));

        using var response = await app.Client.GetAsync("/f", HttpCompletionOption.ResponseHeadersRead, Token);
        go.SetResult();

        response.Content.Headers.ContentLength.ShouldBeNull();
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("late");
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 205)]
    [InlineData("GET", 304)]
    public async Task Invoke_AnswerWithoutBody_IsDisposedOfUnwritten(string method, int status)
    {
        var answer = FakeResponse.Text("body", status);
        await using var app = await FakeApp.ServeAsync((_, _) => new(answer));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/f");

        using var response = await app.Client.SendAsync(request, Token);

        ((int)response.StatusCode).ShouldBe(status);
        answer.IsWritten.ShouldBeFalse();
        answer.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(4L, "", 4L)]
    [InlineData(null, "content-length\n123\n", 123L)]
    [InlineData(null, "", null)]
    public async Task Invoke_Head_KeepsTheLength(long? length, string headers, long? expected)
    {
        await using var app = await FakeApp.ServeAsync((_, _) => new(new FakeResponse(200, headers, BodyKind.Stream, (_, _) => default, length)));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/f");

        using var response = await app.Client.SendAsync(request, Token);

        response.Content.Headers.ContentLength.ShouldBe(expected);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task Invoke_AnyMethod_ReachesTheFunction(string method)
    {
        await using var app = await FakeApp.ServeAsync((request, _) => new(FakeResponse.Text(request.Method)));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/f");

        using var response = await app.Client.SendAsync(request, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe(method);
    }

    [Fact]
    public async Task Invoke_ClientGone_CancelsAndIsNoError()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await FakeApp.ServeAsync(async (_, token) =>
        {
            await using var registration = token.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return FakeResponse.Text("never");
        });
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var request = app.Client.GetAsync("/f", leave.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await leave.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => request);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        (await app.Log.WaitForAsync(e => e.Id == 310)).Level.ShouldBe(Microsoft.Extensions.Logging.LogLevel.Debug);
        app.Log.Entries.ShouldNotContain(e => e.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Invoke_EndpointsTimeout_AnswersAsThePolicySays()
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.UseRequestTimeouts();
                app.MapJsFunction("/f", "f.ts").WithRequestTimeout(TimeSpan.FromMilliseconds(20));
            },
            new FakeHost
            {
                OnDeploy = f => f.Handler = async (_, token) =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return FakeResponse.Text("never");
                },
            },
            builder => builder.Services.AddRequestTimeouts());

        using var response = await app.Client.GetAsync("/f", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Invoke_BodyThatTheServerRefused_Is413()
    {
        await using var app = await FakeApp.StartAsync(
            app =>
            {
                app.Use((context, next) =>
                {
                    context.Features.Set<IHttpMaxRequestBodySizeFeature>(new BodyLimit());
                    return next(context);
                });
                app.MapJsFunction("/f", "f.ts");
            },
            new FakeHost { OnDeploy = f => f.Handler = (_, _) => throw new JavaScriptException("the body cannot be read") });
        using var content = new StringContent("too much");

        using var response = await app.Client.PostAsync("/f", content, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        app.Log.Entries.ShouldContain(e => e.Id == 308);
    }

    [Fact]
    public async Task Invoke_StreamThatBreaks_IsIncompleteForTheReader()
    {
        await using var app = await FakeApp.ServeAsync((_, _) => new(FakeResponse.Stream(async (writer, token) =>
        {
            await writer.WriteAsync("half"u8.ToArray(), token);
            throw new JavaScriptException("midway");
        })));

        using var response = await app.Client.GetAsync("/f", HttpCompletionOption.ResponseHeadersRead, Token);

        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Token));
        app.Log.Entries.ShouldContain(e => e.Id == 300 && e.Text.Contains("midway"));
        app.Log.Entries.ShouldContain(e => e.Id == 309);
    }

    [Fact]
    public async Task Invoke_HeaderThatWouldForge_IsACleanError()
    {
        await using var app = await FakeApp.ServeAsync((_, _) => new(FakeResponse.Text("x", 200, "x-ok\n1\nx-a\nb\rset-cookie: forged=1\n")));

        using var response = await app.Client.GetAsync("/f", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Headers.Contains("x-ok").ShouldBeFalse();
        response.Headers.Contains("set-cookie").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:invalid-response");
    }

    [Fact]
    public async Task Invoke_ErrorThatIsNotJsRuns_IsTheApplicationsOwn()
    {
        await using var app = await FakeApp.ServeAsync((_, _) => throw new InvalidOperationException("a defect"));

        await Should.ThrowAsync<InvalidOperationException>(() => app.Client.GetAsync("/f", Token));
    }

    private sealed class BodyLimit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => true;

        public long? MaxRequestBodySize { get; set; } = 3;
    }
}
