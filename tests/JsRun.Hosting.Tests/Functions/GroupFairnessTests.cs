using System.Collections.Concurrent;
using System.Net;
using JsRun.Hosting.Tests.WebApi.Fetch;
using JsRun.WebApi.Fetch;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>What the host does for one pool group keeps no other waiting.</summary>
public sealed class GroupFairnessTests
{
    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Fetch_NamesOfAnotherGroupAreSlow_AnswersAllTheSame(JsIsolation isolation)
    {
        using var gate = new ManualResetEventSlim();
        var waiting = new ConcurrentBag<string>();
        await using var server = new TinyServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        HostResolver resolver = host =>
        {
            if (host.StartsWith("slow", StringComparison.Ordinal))
            {
                waiting.Add(host);
                gate.Wait(TimeSpan.FromSeconds(30));
            }

            return [IPAddress.Loopback];
        };
        await using var app = await FunctionApp.StartAsync(
            o =>
            {
                o.Isolation = isolation;
                o.Groups["a"] = new JsRunGroupOptions { Permissions = { "net:*", "net:127.0.0.1" } };
                o.Groups["b"] = new JsRunGroupOptions { Permissions = { "net:*", "net:127.0.0.1" } };
            },
            services: s => s.AddSingleton(resolver));
        app.Write("slow.js", $$"""
            export default { async fetch() {
              const all = Array.from({ length: 40 }, (_, i) => fetch(`http://slow${i}.example:{{server.Port}}/`).then((r) => r.status));
              console.log('asked');
              return new Response(String(new Set(await Promise.all(all)).size));
            } }
            """);
        app.Write("quick.js", $"export default {{ async fetch() {{ return new Response(await (await fetch('http://quick.example:{server.Port}/')).text()); }} }}");
        var slow = await app.DeployFileAsync("slow.js", "a");
        var quick = await app.DeployFileAsync("quick.js", "b");
        var flood = slow.GetAsync();
        await app.Logs.WaitForAsync(e => e.Message.Contains("asked", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => waiting.Count == 4, () => $"{waiting.Count} look-ups");

        (await quick.GetAsync()).ShouldBe("ok");

        // Never more at a time than a group's share.
        waiting.Count.ShouldBe(4);
        gate.Set();
        (await flood).ShouldBe("1");
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Crypto_AnotherGroupDerivesWithoutEnd_ComputesAllTheSame(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Groups["a"] = new JsRunGroupOptions();
        });
        app.Write("endless.js", """
            export default { async fetch() {
              const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits']);
              const derive = () => crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(8), iterations: 0xffffffff }, key, 512);
              const all = [derive(), derive(), derive(), derive()];
              console.log('begun');
              await Promise.all(all);
            } }
            """);
        var digest = await app.HandleAsync("return new Response(String((await crypto.subtle.digest('SHA-256', new Uint8Array(1e6))).byteLength));");
        var endless = await app.DeployFileAsync("endless.js", "a");
        using var cancellation = new CancellationTokenSource();
        var floods = Enumerable.Range(0, Environment.ProcessorCount).Select(async _ => await endless.InvokeAsync(EdgeFunctionCalls.Get(), cancellation.Token)).ToArray();
        await Eventually.HoldsAsync(() => app.Logs.Entries.Count(e => e.Message.Contains("begun", StringComparison.Ordinal)) == floods.Length, () => "not all have begun");

        (await digest.GetAsync()).ShouldBe("32");

        await cancellation.CancelAsync();
        foreach (var flood in floods)
        {
            await Should.ThrowAsync<Exception>(flood);
        }
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task CpuTime_DerivationTakesMore_EndsTheRequest(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(500);
        });
        var derive = await app.HandleAsync("""
            const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits']);
            return new Response(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations: Number(url.pathname.slice(1)) }, key, 256));
            """);

        (await Should.ThrowAsync<JsTimeoutException>(() => derive.GetAsync("/4294967295"))).Message.ShouldContain("CPU time");

        (await derive.GetAsync("/1500")).Length.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Import_MoreThanMayWait_AreRefusedAndTheOthersCome(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Isolation = isolation);
        app.Write("many/last.js", "export const last = 'last';");
        for (var i = 0; i < 20; i++)
        {
            app.Write($"many/m{i}.js", $"export * from './{(i == 19 ? "last" : $"m{i + 1}")}.js'; globalThis.evaluated = (globalThis.evaluated ?? 0) + 1;");
        }

        var function = await app.HandleAsync("""
            const name = './many/m' + url.pathname.slice(1);
            const all = await Promise.allSettled(Array.from({ length: 1101 }, (_, i) => import(`${name}${i % 20}.js`)));
            const refused = all.filter((r) => r.status === 'rejected');
            return new Response([all.length - refused.length, refused.length, all.filter((r) => r.value?.last === 'last').length, globalThis.evaluated, refused[0].reason.message].join(' | '));
            """);

        (await function.GetAsync()).ShouldBe("1001 | 100 | 1001 | 20 | Cannot import './many/m1.js': 1000 imports wait already. Await some of them first.");
    }
}
