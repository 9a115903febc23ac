using JsRun.Cli.Repl;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Cli.Tests.Repl;

public sealed class ReplSessionTests
{
    [Theory]
    [InlineData("Math.ma", 5, "max")]
    [InlineData("const x = data.in", 15, "inner")]
    [InlineData("data.inner.le", 11, "length")]
    [InlineData("structuredCl", 0, "structuredClone")]
    [InlineData("declared.to", 9, "toFixed")]
    [InlineData("data.getter.", 12, null)]
    [InlineData("nothing.a", 8, null)]
    [InlineData("1 + ", 4, "Array")]
    public async Task CompleteAsync_Text_NamesWhatMayFollow(string text, int start, string? expected)
    {
        var token = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection().AddJsRun().Services.BuildServiceProvider();
        await using var runtime = await services.GetRequiredService<IJsRuntimeFactory>().CreateAsync(new JsRuntimeOptions(), token);
        var session = new ReplSession(runtime);
        await session.StartAsync(token);
        await session.EvaluateAsync("globalThis.data = { inner: 'text', get getter() { throw new Error('called'); } }; let declared = 1, other", token);

        var completion = await session.CompleteAsync(text, token);

        completion.Start.ShouldBe(start);
        if (expected is null)
        {
            completion.Names.ShouldBeEmpty();
        }
        else
        {
            completion.Names.ShouldContain(expected);
        }
    }
}
