namespace JsRun.Hosting.Tests.Images;

/// <summary>The web layer in contexts that are restored from an image, compared with what it is in evaluated ones.</summary>
public sealed class HeapWebTests
{
    private const string Inspect = """
        const seen = [globalThis instanceof EventTarget, globalThis.constructor === Object, typeof addEventListener];
        addEventListener('x', function (e) { seen.push(this === globalThis, e.target === globalThis); });
        dispatchEvent(new Event('x'));
        onerror = (message) => { seen.push(message); return true; };
        reportError(new Error('reported'));
        const pattern = new URLPattern({ pathname: '/:id' });
        seen.push(top.exec('https://example.com/1').pathname.groups.id, pattern.test('https://example.com/2'), atob(btoa('b64')), new TextDecoder().decode(new TextEncoder().encode('é')));
        const { port1, port2 } = new MessageChannel();
        const told = new Promise((resolve) => { port2.onmessage = (e) => resolve(e.data); });
        port1.postMessage({ n: 1 });
        seen.push((await told).n, performance.mark('m').name, performance.getEntriesByType('mark').length, Object.keys(structuredClone({ a: new Date(0) })).join(), typeof WebAssembly.compileStreaming);
        return new Response(seen.join());
        """;

    private const string Seen = "true,true,function,true,true,Uncaught Error: reported,1,true,b64,é,1,m,1,a,function";

    [Fact]
    public async Task Handler_InARestoredContext_FindsTheWebLayerWhole()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync(Inspect, "const top = new URLPattern({ pathname: '/:id' });");

        (await function.GetAsync("/")).ShouldBe(Seen);
        (await function.GetAsync("/")).ShouldBe(Seen);
    }

    [Fact]
    public async Task Handler_InAReplayedContext_FindsTheWebLayerWhole()
    {
        await using var app = await FunctionApp.StartAsync(static options => options.Images.Tier = JsImageMode.Replay);
        var function = await app.HandleAsync(Inspect, null, "const top = new URLPattern({ pathname: '/:id' });");

        (await function.GetAsync("/")).ShouldBe(Seen);
    }
}
