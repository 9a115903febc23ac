namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>In <c>Shared</c>, requests wait for what others began: a request that ends leaves none of them waiting.</summary>
[Collection(KestrelCollection.Name)]
public class SharedStateTests
{
    private const string Helpers = """
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        let flight, lock = Promise.resolve(), cached, refreshing, kept, keptResponse, teed, waiters = [];
        const gate = (request, name, init) => fetch(new URL('/gate/' + name, request.url), init);
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Auto")]
    [InlineData("Off")]
    public async Task SingleFlight_FirstClientLeaves_IsForTheOthersWhatItWas(string native)
    {
        await using var server = await ServeAsync(
            "flight ??= (async () => { try { return await (await gate(request, 'flight')).text(); } catch (e) { flight = undefined; throw e; } })(); return new Response(await flight);", native);
        await using (await RawConnection.SendAsync(server.Url, Get(server, "/f")))
        {
            await server.Gates.ReachedAsync("flight");
        }

        await server.Log.WaitForAsync(e => e.Id == 310);
        var second = server.GetStringAsync("/f");
        server.Gates.Open("flight");

        (await second).ShouldBe("flight");
        (await server.GetStringAsync("/f")).ShouldBe("flight");
    }

    [Theory]
    [InlineData("Auto", "fetch")]
    [InlineData("Off", "fetch")]
    [InlineData("Auto", "body")]
    [InlineData("Off", "body")]
    public async Task SingleFlight_UpstreamSlowerThanTheTimeout_RecoversAtTheNextRequest(string native, string what)
    {
        await using var server = await ServeAsync(
            $$"""
            flight ??= (async () => {
              try { return {{(what == "fetch" ? "await (await gate(request, search === '?first' ? 'never' : 'slow')).text()" : "await request.text()")}}; }
              catch (e) { flight = undefined; console.log('recovers from ' + e.message); throw e; }
            })();
            return new Response(await flight);
            """,
            native,
            ("Limits:Timeout", "00:00:00.500"));
        server.Gates.Open("slow");
        // A body that never comes.
        await using var first = await RawConnection.SendAsync(server.Url, what == "fetch" ? Get(server, "/f?first") : $"POST /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\nContent-Length: 5\r\n\r\n");
        (await first.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 504");

        await server.Log.WaitForAsync(e => e.Text.Contains("recovers from ") && e.Text.Contains("has ended"));
        await server.LeasesReturnedAsync();

        using var content = new StringContent("slow");
        using var second = await server.Client.PostAsync("/f", content, Token);
        (await second.Content.ReadAsStringAsync(Token)).ShouldBe("slow");
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Off")]
    public async Task Mutex_HolderTimesOut_IsFreedForTheNext(string native)
    {
        await using var server = await ServeAsync(
            """
            const before = lock;
            let free;
            lock = new Promise((resolve) => { free = resolve; });
            await before;
            try {
              if (search === '?first') await gate(request, 'never');
              return new Response('held');
            } finally {
              free();
            }
            """,
            native,
            ("Limits:Timeout", "00:00:00.500"));
        using var first = await server.GetAsync("/f?first");
        ((int)first.StatusCode).ShouldBe(504);

        (await server.GetStringAsync("/f")).ShouldBe("held");
    }

    [Theory]
    [InlineData("Auto", "await gate(request, 'refresh')")]
    [InlineData("Off", "await gate(request, 'refresh')")]
    [InlineData("Auto", "await sleep(20); await gate(request, 'refresh')")]
    [InlineData("Off", "await sleep(20); await gate(request, 'refresh')")]
    public async Task Refresh_InTheBackgroundWithoutWaitUntil_FailsAndIsBegunAnew(string native, string refresh)
    {
        await using var server = await ServeAsync(
            $$"""
            const load = async () => { try { {{refresh}}; cached = 'fresh'; } catch (e) { console.log('refresh failed: ' + e.message); } finally { refreshing = undefined; } };
            if (search === '?wait') { refreshing ??= load(); await refreshing; return new Response(cached); }
            refreshing ??= load();
            return new Response(cached ?? 'stale');
            """,
            native);
        (await server.GetStringAsync("/f")).ShouldBe("stale");
        await server.Log.WaitForAsync(e => e.Text.Contains("refresh failed") && e.Text.Contains("has ended"));

        server.Gates.Open("refresh");

        (await server.GetStringAsync("/f?wait")).ShouldBe("fresh");
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Off")]
    public async Task TeedBody_OwnerEnds_FailsForTheOthers(string native)
    {
        await using var server = await ServeAsync(
            """
            if (search === '?first') {
                      const [a, b] = (await fetch(new URL('/drip', request.url))).body.tee();
              teed = b;
              await new Response(a).text();
            }
            try { return new Response(await new Response(teed).text()); } catch (e) { return new Response('failed: ' + e.message); }
            """,
            native,
            ("Limits:Timeout", "00:00:01"));
        using var first = await server.GetAsync("/f?first");
        ((int)first.StatusCode).ShouldBe(504);

        (await server.GetStringAsync("/f")).ShouldContain("has ended");
    }

    [Theory]
    [InlineData("Auto", "kept.text()")]
    [InlineData("Off", "kept.text()")]
    [InlineData("Auto", "new Response(kept.body).text()")]
    [InlineData("Auto", "keptResponse.text()")]
    [InlineData("Off", "keptResponse.text()")]
    [InlineData("Auto", "(async () => { let n = 0; for await (const chunk of keptResponse.body) n += chunk.length; return String(n); })()")]
    public async Task Body_OfAnEarlierRequest_RejectsInsteadOfBeingEmpty(string native, string read)
    {
        await using var server = await ServeAsync(
            $$"""
            if (search === '?keep') { kept = request; keptResponse = await fetch(new URL('/large', request.url)); return new Response('kept'); }
            try { return new Response('read: ' + await {{read}}); } catch (e) { return new Response(e.name + ': ' + e.message); }
            """,
            native);
        using var content = new StringContent(new string('x', 100_000));
        using var first = await server.Client.PostAsync("/f?keep", content, Token);
        (await first.Content.ReadAsStringAsync(Token)).ShouldBe("kept");
        await server.LeasesReturnedAsync();

        (await server.GetStringAsync("/f")).ShouldBe("TypeError: The body can no longer be read: what it belonged to has ended");
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Off")]
    public async Task LongPoll_LaterRequest_Answers(string native)
    {
        await using var server = await ServeAsync(
            """
            if (search === '?poll') { const next = new Promise((resolve) => waiters.push(resolve)); console.log('polls'); return new Response(await next); }
            for (const resolve of waiters.splice(0)) resolve('news');
            return new Response('sent');
            """,
            native);
        var poll = server.GetStringAsync("/f?poll");
        await server.Log.WaitForAsync(e => e.Text.Contains("polls"));

        (await server.GetStringAsync("/f")).ShouldBe("sent");

        (await poll).ShouldBe("news");
    }

    // What bundlers put in place of process.nextTick: one timer runs what all have queued.
    [Theory]
    [InlineData("Auto")]
    [InlineData("Off")]
    public async Task Queue_WhoseTimerWasOfAnEarlierRequest_IsRunAllTheSame(string native)
    {
        await using var server = await ServeAsync(
            """
            const nextTick = (run) => { if (waiters.push(run) === 1) setTimeout(() => { for (const each of waiters.splice(0)) each(); }, 0); };
            if (search === '?first') { nextTick(() => {}); return new Response('first'); }
            await new Promise(nextTick);
            return new Response('ticked');
            """,
            native);
        (await server.GetStringAsync("/f?first")).ShouldBe("first");

        (await server.GetStringAsync("/f")).ShouldBe("ticked");
        (await server.GetStringAsync("/f")).ShouldBe("ticked");
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Off")]
    public async Task Promise_ThatNobodySettles_EndsAtTheTimeout(string native)
    {
        await using var server = await ServeAsync("if (search === '?never') await new Promise(() => {}); return new Response('ok');", native, ("Limits:Timeout", "00:00:00.500"));

        using var never = await server.GetAsync("/f?never");

        ((int)never.StatusCode).ShouldBe(504);
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    // Code of a request that has ended gets its last words, and no more of the processor than others.
    [Fact]
    public async Task Catch_OfARequestThatHasEnded_IsInterrupted()
    {
        await using var server = await ServeAsync(
            "if (search === '?loop') { try { await gate(request, 'never'); } catch { console.log('loops'); for (;;); } } return new Response('ok');",
            "Auto",
            ("Limits:Timeout", "00:00:00.500"), ("Limits:CpuTime", "00:10:00"));
        using var loop = await server.GetAsync("/f?loop");
        ((int)loop.StatusCode).ShouldBe(504);

        await server.Log.WaitForAsync(e => e.Id == 111);
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    [Fact]
    public async Task SingleFlight_BegunByARequestThatIsInterrupted_FailsForTheOthers()
    {
        await using var server = await ServeAsync(
            """
            if (search === '?first') { flight = gate(request, 'never'); await gate(request, 'go'); for (;;); }
            console.log('waits');
            try { await flight; return new Response('arrived'); } catch (e) { return new Response(e.message); }
            """,
            "Auto",
            ("Limits:Timeout", "00:10:00"), ("Limits:CpuTime", "00:00:00.300"));
        var first = server.GetAsync("/f?first");
        await server.Gates.ReachedAsync("go");
        var second = server.GetStringAsync("/f");
        await server.Log.WaitForAsync(e => e.Text.Contains("waits"));
        server.Gates.Open("go");

        ((int)(await first).StatusCode).ShouldBe(504);
        (await second).ShouldContain("has ended");
        await server.Log.WaitForAsync(e => e.Id == 111);
    }

    private static async Task<EdgeServer> ServeAsync(string handler, string native, params (string Key, string Value)[] settings) => await EdgeServer.ServeAsync(
        $$"""{{Helpers}} export default { async fetch(request) { const { search } = new URL(request.url); {{handler}} } };""",
        static _ => { },
        UpstreamEndpoints.Map,
        [("Isolation", "Shared"), ("Pool:MaxIsolates", "1"), ("Engine:Native", native), .. settings]);

    private static string Get(EdgeServer server, string path) => $"GET {path} HTTP/1.1\r\nHost: {server.Url.Authority}\r\n\r\n";
}
