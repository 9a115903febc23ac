namespace JsRun.Hosting.Tests.Images;

/// <summary>A stack that is exhausted, or a heap that is full, in the midst of a web API leaves a hardened context as it was for the next request. Takes a minute: set <c>JSRUN_TEST_LONG</c>.</summary>
public sealed class HardenedOverflowTests
{
    private const string Code = """
        const rs = () => new ReadableStream({ start(c) { c.enqueue('1'); c.close(); } });
        const ac = () => { const a = new AbortController(); const s = AbortSignal.any([a.signal]); s.addEventListener('abort', () => {}); return a; };
        const mchan = new MessageChannel();
        const V = new AsyncContext.Variable({ defaultValue: 'D' });
        async function battery() {
          const r = [];
          const t = async (n, f) => { try { r.push(n + '=' + (await f())); } catch (e) { r.push(n + '!' + e.name + ':' + e.message.slice(0, 60)); } };
          await t('url', () => new URL('http://ex\u00e4mple.com/a b?x=1#f').href);
          await t('usp', () => new URLSearchParams({ a: 'b c' }) + '');
          await t('enc', () => new TextEncoder().encode('h\u00e9').join());
          await t('dec', () => new TextDecoder().decode(new Uint8Array([104, 195, 169])));
          await t('dec16', () => new TextDecoder('utf-16le').decode(new Uint8Array([104, 0])));  await t('hdr', () => [...new Headers({ b: '1', A: '2' })].join());
          await t('req', () => new Request('http://a/', { method: 'POST', body: 'xyz' }).text());
          await t('res', () => new Response('xyz', { headers: { c: 'd' } }).text());
          await t('json', async () => JSON.stringify(await Response.json({ a: 1 }).json()));
          await t('blob', () => new Blob(['a', 'b']).text());
          await t('fd', async () => { const f = new FormData(); f.append('k', 'v'); return (await new Response(f).formData()).get('k'); });  await t('stream', async () => { let s = ''; for await (const x of new ReadableStream({ start(c) { c.enqueue('1'); c.enqueue('2'); c.close(); } }).pipeThrough(new TransformStream({ transform(x, c) { c.enqueue(x + x); } }))) s += x; return s; });
          await t('tee', async () => { const [a, b] = new Response('tee').body.tee(); return (await new Response(a).text()) + (await new Response(b).text()); });  await t('ev', () => { const e = new EventTarget(); let n = 0; e.addEventListener('x', () => { n++; }); e.dispatchEvent(new Event('x')); return n; });
          await t('abort', () => { const a = new AbortController(); let n = 0; const any = AbortSignal.any([a.signal]); any.addEventListener('abort', () => { n++; }); a.abort('r'); return n + any.reason; });
          await t('sc', () => { const o = { m: new Map([[1, { d: new Date(0) }]]) }; o.self = o; const c = structuredClone(o); return c.self === c && c.m.get(1).d.getTime() === 0; });  await t('timer', () => new Promise((r) => setTimeout(r, 0, 'T')));
          await t('micro', () => new Promise((r) => queueMicrotask(() => r('M'))));
          await t('b64', () => btoa('abc') + atob('YWJj'));
          await t('uuid', () => crypto.randomUUID().length);
          await t('rnd', () => crypto.getRandomValues(new Uint8Array(4)).length);
          await t('dig', async () => new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(3)))[0]);
          await t('gz', async () => new Response(new Blob(['zip']).stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).text());  await t('mc', () => new Promise((r) => { const m = new MessageChannel(); m.port2.onmessage = (e) => { m.port1.close(); r(e.data); }; m.port1.postMessage('P'); setTimeout(r, 300, 'LOST'); }));
          await t('bc', () => new Promise((r) => { const a = new BroadcastChannel('z'), b = new BroadcastChannel('z'); b.onmessage = (e) => { a.close(); b.close(); r(e.data); }; a.postMessage('B'); setTimeout(() => { a.close(); b.close(); r('LOST'); }, 300); }));
          await t('perf', () => { performance.clearMarks(); performance.mark('m'); const n = performance.getEntries().length; performance.clearMarks(); return n; });
          await t('pat', () => new URLPattern({ pathname: '/:x' }).exec('http://a/b').pathname.groups.x);
          await t('ctx', () => { const v = new AsyncContext.Variable({ defaultValue: 'D' }); return v.run('R', () => v.get()) + v.get(); });
          await t('rej', async () => { try { await Promise.reject(new Error('q')); } catch (e) { return e.message; } });
          await t('key', async () => { const k = await crypto.subtle.importKey('raw', new Uint8Array(16), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']); return new Uint8Array(await crypto.subtle.sign('HMAC', k, new Uint8Array(1)))[0]; });
          await t('cache', () => typeof caches.open);
          await t('dom', () => new DOMException('m', 'AbortError').code);
          await t('err', () => new Promise((r) => { addEventListener('error', (e) => { e.preventDefault(); r(e.message.slice(0, 10)); }, { once: true }); reportError(new Error('boom')); setTimeout(r, 100, 'NOT REPORTED'); }));
          return r;
        }
        const ops = {
          url: () => new URL('http://ex\u00e4mple.com/a?b#c').searchParams.append('q', '1'),
          usp: () => new URLSearchParams('a=1&b=2').sort(),
          hdr: () => new Headers({ 'X-New-Name': '1' }).append('x-y', '2'),
          req: () => new Request('http://a/', { method: 'POST', body: 'x', headers: { q: '1' } }).clone(),
          res: () => { new Response('x').text().catch(() => {}); },
          json: () => Response.json({ a: 1 }),
          blob: () => new Blob(['a']).slice(0, 1),
          fd: () => { const f = new FormData(); f.append('a', new Blob(['x'])); },
          pipe: () => { rs().pipeTo(new WritableStream()).catch(() => {}); },
          tee: () => { const [a] = rs().tee(); a.getReader().read().catch(() => {}); },
          iter: () => { rs().values().next().catch(() => {}); },
          ev: () => { const t = new EventTarget(); t.addEventListener('x', () => t.dispatchEvent(new Event('y'))); t.dispatchEvent(new Event('x')); },
          gev: () => { dispatchEvent(new Event('nothing')); },
          abort: () => ac().abort(),
          timeout: () => AbortSignal.timeout(1),
          sc: () => structuredClone({ a: [1, new Map([[1, { b: new Date() }]])] }),
          scT: () => { const b = new ArrayBuffer(8); structuredClone(b, { transfer: [b] }); },
          scPort: () => { const m = new MessageChannel(); structuredClone(m.port1, { transfer: [m.port1] }); },
          timer: () => clearTimeout(setTimeout(() => {}, 1)),
          timer2: () => { setTimeout(() => {}, 0); },
          micro: () => queueMicrotask(() => {}),
          post: () => mchan.port1.postMessage({ a: 1 }),
          bc: () => { const b = new BroadcastChannel('z'); b.postMessage(1); b.close(); },
          uuid: () => crypto.randomUUID(),
          rnd: () => crypto.getRandomValues(new Uint8Array(40)),
          digest: () => { crypto.subtle.digest('SHA-256', new Uint8Array(3)).catch(() => {}); },
          imp: () => { crypto.subtle.importKey('raw', new Uint8Array(16), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']).catch(() => {}); },
          gz: () => { const c = new CompressionStream('gzip'); const w = c.writable.getWriter(); w.write(new Uint8Array(3)).catch(() => {}); w.close().catch(() => {}); new Response(c.readable).arrayBuffer().catch(() => {}); },
          dec: () => new TextDecoder('shift_jis').decode(new Uint8Array([130, 160])),
          enc: () => new TextEncoder().encode('x'.repeat(50)),
          b64: () => btoa(atob('YWJj')),
          mark: () => { performance.mark('q'); performance.measure('w', 'q'); performance.clearMarks(); performance.clearMeasures(); },
          pat: () => new URLPattern({ pathname: '/:a' }).test('http://a/b'),
          ctx: () => V.run(1, () => new AsyncContext.Snapshot().run(() => V.get())),
          report: () => { addEventListener('error', (e) => e.preventDefault(), { once: true }); reportError(new Error('z')); },
          rej: () => { const p = Promise.reject(1); p.catch(() => {}); },
          dom: () => new DOMException('x', 'AbortError').code,
          log: () => console.debug === 0,
          fetchBad: () => { fetch('http://').catch(() => {}); },
          fetchReq: () => { fetch('blob:null/x').catch(() => {}); },
          cache: () => { caches.open('x').catch(() => {}); },
          obj: () => URL.revokeObjectURL(URL.createObjectURL(new Blob(['x']))),
          wasm: () => { WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => {}); },
        };
        function dive(f, st) {
          try { dive(f, st); } catch {}
          if (st.n++ < 300) try { f(); } catch (e) { st.threw++; }
        }
        function fill(f) {
          const kept = [];
          try { for (;;) kept.push(new ArrayBuffer(1 << 20)); } catch {}
          for (let i = 0; i < 20; i++) try { f(); } catch {}
        }
        export default { async fetch(request) {
          addEventListener('unhandledrejection', (e) => e.preventDefault());
          const { pathname, searchParams } = new URL(request.url);
          if (pathname === '/names') return Response.json(Object.keys(ops));
          if (pathname === '/battery') return Response.json(await battery());
          const st = { n: 0, threw: 0 };
          if (pathname === '/dive') dive(ops[searchParams.get('op')], st); else fill(ops[searchParams.get('op')]);
          await new Promise((done) => { setTimeout(done, 2); });
          return new Response('x');
        } };
        """;

    [Theory]
    [InlineData("dive")]
    [InlineData("fill")]
    public async Task Exhaustion_InTheMidstOfAWebApi_LeavesTheContextAsItWas(string how)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("JSRUN_TEST_LONG") is not null, "It takes a minute: .ci/full sets JSRUN_TEST_LONG.");
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Images.Tier = JsImageMode.Hardened;
            o.Pool.MaxIsolates = 1;
        });
        var function = await app.DeployAsync(Code);
        function.Tier.ShouldBe(JsImageTier.Hardened, function.TierReason);
        var before = await function.GetAsync("/battery");

        foreach (var name in System.Text.Json.JsonSerializer.Deserialize<string[]>(await function.GetAsync("/names"))!)
        {
            (await function.GetAsync($"/{how}?op={name}")).ShouldBe("x");
            (await function.GetAsync("/battery")).ShouldBe(before, name);
        }

        function.Tier.ShouldBe(JsImageTier.Hardened, function.TierReason);
    }
}
