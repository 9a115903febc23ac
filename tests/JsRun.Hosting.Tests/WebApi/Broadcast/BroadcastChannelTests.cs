namespace JsRun.Hosting.Tests.WebApi.Broadcast;

/// <summary>Broadcast channels: between the contexts of a pool group, and never beyond.</summary>
public sealed class BroadcastChannelTests(OwnRuntime runtime) : IClassFixture<OwnRuntime>
{
    private const string Listen = """
        const channel = new BroadcastChannel('news');
        const message = new Promise((resolve) => { channel.onmessage = ({ data }) => resolve(data); });
        return new Response(ready(message));
        """;

    // A stream whose first chunk says that the channel is open.
    private const string Ready = """
        const encoder = new TextEncoder();
        const ready = (message) => new ReadableStream({
          start(c) { c.enqueue(encoder.encode('ready ')); },
          async pull(c) { c.enqueue(encoder.encode(JSON.stringify(await message))); c.close(); },
        });
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task PostMessage_ToAnotherRequest_Arrives(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Isolation = isolation);
        var listener = await app.HandleAsync(Listen, top: Ready);
        var poster = await app.HandleAsync("new BroadcastChannel('news').postMessage({ text: 'hello', when: new Date(0) }); return new Response('posted');");
        await using var response = await listener.InvokeAsync(EdgeFunctionCalls.Get(), Token).InTime();
        var pipe = new System.IO.Pipelines.Pipe();
        var writing = response.WriteBodyAsync(pipe.Writer, Token).AsTask();
        var ready = await pipe.Reader.ReadAtLeastAsync(6, Token);
        pipe.Reader.AdvanceTo(ready.Buffer.Start, ready.Buffer.End);

        (await poster.GetAsync()).ShouldBe("posted");

        await writing.InTime();
        await pipe.Writer.CompleteAsync();
        var result = await pipe.Reader.ReadAtLeastAsync(1000, Token);
        System.Text.Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(result.Buffer)).ShouldBe("""ready {"text":"hello","when":"1970-01-01T00:00:00.000Z"}""");
    }

    [Fact]
    public async Task PostMessage_OfAnotherGroup_DoesNotArrive()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Groups["other"] = new JsRunGroupOptions();
        });
        app.Write("f.js", """
            const channel = new BroadcastChannel('news');
            const heard = [];
            channel.onmessage = ({ data }) => heard.push(data);
            export default {
              async fetch(request) {
                const own = new BroadcastChannel('news');
                const echo = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
                own.postMessage(new URL(request.url).pathname);
                await echo;
                return new Response(heard.join());
              },
            };
            """);
        var mine = await app.DeployFileAsync("f.js", "");
        var theirs = await app.DeployFileAsync("f.js", "other");

        (await mine.GetAsync("/mine")).ShouldBe("/mine");
        (await theirs.GetAsync("/theirs")).ShouldBe("/theirs");
        (await mine.GetAsync("/again")).ShouldBe("/mine,/again");
    }

    [Theory]
    [InlineData("message.self = message", "data.self === data", "true")]
    [InlineData("[1, , -0]", "[1 in data, data.length, Object.is(data[2], -0)]", "[false,3,true]")]
    [InlineData("[NaN, 2n, undefined, null]", "[data[0] !== data[0], data[1] === 2n, 2 in data, data[2] === undefined, data[3]]", "[true,true,true,true,null]")]
    [InlineData("new Map([[{ k: 1 }, new Set(['s'])]])", "[...data].map(([key, set]) => [key.k, set.has('s')])", "[[1,true]]")]
    [InlineData("new Date(5)", "+data", "5")]
    [InlineData("/x/gi", "String(data)", "\"/x/gi\"")]
    [InlineData("new RangeError('no', { cause: 'c' })", "[data instanceof RangeError, data.message, data.cause]", "[true,\"no\",\"c\"]")]
    [InlineData("Object('boxed')", "[data instanceof String, data]", "[true,\"boxed\"]")]
    [InlineData("new Uint16Array([1, 2]).subarray(1)", "[[...data], data.byteOffset]", "[[2],2]")]
    [InlineData("new File(['abc'], 'n', { type: 'text/x' })", "[await data.text(), data.name, data.type]", "[\"abc\",\"n\",\"text/x\"]")]
    [InlineData("new DOMException('m', 'DataError')", "data.name", "\"DataError\"")]
    public async Task PostMessage_ValueThatCanBeCloned_ArrivesAsItWas(string value, string found, string expected) =>
        (await runtime.Runtime.EvaluateAsync<string>($$"""
            (async () => {
              const from = new BroadcastChannel('x'), to = new BroadcastChannel('x'), message = {};
              from.postMessage({{value}});
              const { data } = await new Promise((resolve) => { to.onmessage = resolve; });
              from.close();
              to.close();
              return JSON.stringify({{found}});
            })()
            """, cancellationToken: Token).InTime()).ShouldBe(expected);

    [Theory]
    [InlineData("channel.close(); channel.postMessage(1)", "InvalidStateError")]
    [InlineData("channel.postMessage(() => {})", "DataCloneError")]
    public void PostMessage_CannotBeSent_Throws(string code, string expected) =>
        runtime.Runtime.Evaluate<string>($"{{ const channel = new BroadcastChannel('x'); try {{ {code}; 'sent' }} catch (e) {{ e.name }} finally {{ channel.close() }} }}", cancellationToken: Token).ShouldBe(expected);

    [Fact]
    public async Task MaxBroadcastLength_LongerMessage_IsRefusedAndTheNextArrives()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxBroadcastLength = 2048);
        var function = await app.HandleAsync("""
            const from = new BroadcastChannel('x'), to = new BroadcastChannel('x');
            const heard = new Promise((resolve) => { to.onmessage = ({ data }) => resolve(data.length); });
            let refused;
            try { from.postMessage('x'.repeat(2048)); } catch (e) { refused = `${e.name}: ${e.message}`; }
            from.postMessage('x'.repeat(2000));
            return new Response(`${await heard} ${refused}`);
            """);

        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await function.GetAsync();

            answer.ShouldStartWith("2000 DataCloneError: ");
            answer.ShouldContain("JsRun:Limits:MaxBroadcastLength");
        }
    }

    // Names stay in .NET's memory as long as their channels are open: 2048 characters hold two channels with 768 and 767 of them, and 256 for each channel.
    [Theory]
    [InlineData(JsIsolation.PerRequest, 768, "none")]
    [InlineData(JsIsolation.PerRequest, 769, "QuotaExceededError")]
    [InlineData(JsIsolation.Shared, 768, "none")]
    [InlineData(JsIsolation.Shared, 769, "QuotaExceededError")]
    public async Task MaxBroadcastLength_NamesOfOpenChannels_AreCounted(JsIsolation isolation, int length, string expected)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Limits.MaxBroadcastLength = 2048;
        });
        var function = await app.HandleAsync($$"""
            const open = [new BroadcastChannel('a'.repeat(768))];
            let refused = 'none';
            try { open.push(new BroadcastChannel('b'.repeat({{length}}))); } catch (e) { refused = e.name; }
            for (const channel of open) channel.close();
            return new Response(refused);
            """);

        // What was closed, or refused, counts no more.
        foreach (var _ in new[] { 1, 2, 3 })
        {
            (await function.GetAsync()).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task MaxBroadcastLength_ManyShortNames_AreCounted()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxBroadcastLength = 2048);
        var function = await app.HandleAsync("""
            let opened = 0;
            try { for (;;) { new BroadcastChannel(''); opened++; } } catch (e) { return new Response(`${opened} ${e.message}`); }
            """);

        // Channels that a request leaves open are closed with it.
        foreach (var _ in new[] { 1, 2 })
        {
            (await function.GetAsync()).ShouldBe("8 BroadcastChannel: the names of all open channels are longer than JsRun:Limits:MaxBroadcastLength");
        }
    }

    // The text of a message that is a string: two quotes, two brackets, a comma and a list of objects around it.
    [Theory]
    [InlineData(2048, "2041")]
    [InlineData(2049, "DataCloneError")]
    public async Task MaxBroadcastLength_MessageOfJustThatLength_Arrives(int length, string expected)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxBroadcastLength = 2048);
        var function = await app.HandleAsync($$"""
            const from = new BroadcastChannel('x'), to = new BroadcastChannel('x');
            const heard = new Promise((resolve) => { to.onmessage = ({ data }) => resolve(data.length); });
            try { from.postMessage('x'.repeat({{length}} - '["",[]]'.length)); } catch (e) { return new Response(e.name); }
            return new Response(String(await heard));
            """);

        (await function.GetAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task MaxBroadcastLength_MessagesThatWait_AreDroppedAndTheLogSaysSoOnce()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxBroadcastLength = 2048);
        var function = await app.HandleAsync("""
            const from = new BroadcastChannel('x'), to = new BroadcastChannel('x');
            let heard = 0;
            to.onmessage = () => heard++;
            for (let i = 0; i < 10; i++) from.postMessage('x'.repeat(900));
            await new Promise((resolve) => setTimeout(resolve));
            from.postMessage('after');
            await new Promise((resolve) => to.addEventListener('message', ({ data }) => { if (data === 'after') resolve(); }));
            return new Response(String(heard));
            """);

        (await function.GetAsync()).ShouldBe("3");

        app.Logs.Entries.Count(e => e.Message.Contains("JsRun:Limits:MaxBroadcastLength", StringComparison.Ordinal)).ShouldBe(1);
    }
}
