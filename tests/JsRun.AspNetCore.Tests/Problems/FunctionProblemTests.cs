using System.Net;
using System.Text.Json;
using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Problems;

public class FunctionProblemTests
{
    public static TheoryData<JsRunException, int, string, string?, LogLevel> Outcomes => new()
    {
        { new JavaScriptException("secret") { JsStack = "Error: secret\n    at file:///f.ts:3:7" }, 500, "script-error", null, LogLevel.Error },
        { new JsHostException("secret"), 500, "host-error", null, LogLevel.Error },
        { new JsTimeoutException("secret"), 504, "timeout", null, LogLevel.Warning },
        { new JsPoolExhaustedException("secret") { RetryAfter = TimeSpan.FromSeconds(2.5) }, 503, "queue-full", "3", LogLevel.Warning },
        { new JsPoolExhaustedException("secret") { RetryAfter = TimeSpan.Zero }, 503, "queue-full", "1", LogLevel.Warning },
        { new JsMemoryLimitException("secret"), 500, "memory-limit", null, LogLevel.Error },
        { new JsIsolateLostException("secret"), 503, "isolate-lost", "1", LogLevel.Warning },
        { new JsModuleException("secret"), 503, "deploy-failed", null, LogLevel.Warning },
        { new JsTerminatedException("secret"), 503, "stopping", "1", LogLevel.Information },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Of_Exception_HasStatusTypeAndLog(JsRunException exception, int status, string kind, string? retryAfter, LogLevel level)
    {
        await using var app = await FakeApp.ServeAsync((_, _) => ValueTask.FromException<EdgeFunctionResponse>(exception));

        using var response = await app.Client.GetAsync("/f", Token);
        var body = await response.Content.ReadAsStringAsync(Token);
        var problem = JsonDocument.Parse(body).RootElement;

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (response.Headers.RetryAfter?.ToString()).ShouldBe(retryAfter);
        problem.GetProperty("type").GetString().ShouldBe("urn:jsrun:problem:" + kind);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        body.ShouldNotContain("secret");
        var entry = app.Log.Entries.Single(e => e.Id is >= 300 and < 350);
        entry.Level.ShouldBe(level);
        entry.Text.ShouldContain("secret");
        entry.Text.ShouldContain("/f/{**rest}");
        entry.Text.ShouldContain(problem.GetProperty("requestId").GetString()!);
    }

    [Fact]
    public async Task Of_ScriptError_ShowsMessageAndStackInDevelopmentOnly()
    {
        var error = new JavaScriptException("the message") { Name = "TypeError", JsStack = "TypeError: the message\n    at file:///f.ts:3:7" };
        await using var app = await FakeApp.ServeAsync((_, _) => ValueTask.FromException<EdgeFunctionResponse>(error), environment: "Development");

        var problem = JsonDocument.Parse(await (await app.Client.GetAsync("/f", Token)).Content.ReadAsStringAsync(Token)).RootElement;

        problem.GetProperty("detail").GetString().ShouldBe("the message");
        problem.GetProperty("error").GetString().ShouldBe("TypeError");
        problem.GetProperty("stack").GetString().ShouldBe(error.JsStack);
        app.Log.Entries.ShouldContain(e => e.Id == 300 && e.Text.EndsWith(" at file:///f.ts:3:7: TypeError: the message\n    at file:///f.ts:3:7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_Exception_GoesThroughTheApplicationsService()
    {
        await using var app = await FakeApp.ServeAsync(
            (_, _) => ValueTask.FromException<EdgeFunctionResponse>(new JsTimeoutException("x")),
            builder => builder.Services.AddProblemDetails(o => o.CustomizeProblemDetails = c => c.ProblemDetails.Extensions["custom"] = c.Exception?.GetType().Name));

        using var response = await app.Client.GetAsync("/f", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("\"custom\":\"JsTimeoutException\"");
    }

    [Fact]
    public async Task Of_AnswerWhoseHeadCannotBeSent_IsAProblemWithoutTheFunctionsHeaders()
    {
        var answer = FakeResponse.Text("body", headers: "x-a\n1\nno name\n2\n");
        await using var app = await FakeApp.ServeAsync((_, _) => new(answer));

        using var response = await app.Client.GetAsync("/f", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Headers.Contains("x-a").ShouldBeFalse();
        answer.IsWritten.ShouldBeFalse();
    }
}
