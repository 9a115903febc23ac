namespace JsRun.Hosting.Tests.WebApi.Fetch;

/// <summary>Code that replaces what all objects inherit sees nothing of fetch's own state.</summary>
public sealed class FetchHostileTests
{
    [Theory]
    [InlineData("Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { note(this); } });")]
    [InlineData("globalThis.Promise = class extends Promise { constructor(executor) { super((resolve, reject) => { executor((value) => { note(value); resolve(value); }, reject); }); } };")]
    public async Task Fetch_CodeThatListensToPromises_SeesNoInnerResponse(string attack)
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync($$"""
            let seen = 0;
            const note = (value) => { if (typeof value === 'object' && value !== null && 'headerList' in value) seen++; };
            {{attack}}
            const text = await (await fetch('data:,fine')).text();
            delete Object.prototype.then;
            return new Response(`${text} ${seen}`);
            """);

        (await function.GetAsync()).ShouldBe("fine 0");
    }
}
