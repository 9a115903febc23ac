using JsRun.Engine.Crossing;
using JsRun.Engine.Native.Images;
using JsRun.Engine.Scripts;

namespace JsRun.Engine.Isolates;

/// <summary>
/// What isolates are about to do first is done once while an image is built, in a context that does not become part of it. What V8 compiles meanwhile does: an isolate then
/// finds the code of lazy rooms, and of the kernel's entries, instead of compiling it.
/// </summary>
internal static class Rehearsal
{
    private static readonly KernelSettings Settings = new(JsSurface.Full, new Dictionary<string, string>(), MaxTimers: 9, MaxConsoleBytes: 999, MaxWasmBytes: 65536, MaxValueDepth: 9, MaxValueBytes: 9999);

    // Nothing that is here decides what anything does: what is missing is compiled when it is needed.
    private const string Work = """
        const url = new URL('http://user@host:81/a/../b?c=d#e');
        url.searchParams.append('f', url.href);
        new URLSearchParams({ a: 'b' }).toString();
        const headers = new Headers([['content-type', 'text/plain']]);
        headers.append('x-a', 'b');
        for (const [name, value] of headers) name + value;
        const request = new Request(url.origin, { method: 'POST', headers, body: '{"a":1}' });
        request.json().then((value) => Response.json(value).text());
        new Response(new TextEncoder().encode('text')).arrayBuffer().then((bytes) => new TextDecoder().decode(bytes));
        const stream = new ReadableStream({ start(c) { c.enqueue(new Uint8Array(2)); c.close(); } });
        new Response(stream).arrayBuffer();
        new AbortController().abort();
        globalThis.dispatchEvent(new Event('x'));
        atob(btoa('text'));
        structuredClone({ a: [1, new Date(0)] });
        crypto.randomUUID();
        console.log('text', { a: [1] });
        clearTimeout(setTimeout(() => {}, 1));
        """;

    public static HeapScript Scene { get; } = new("jsrun:rehearsal", $$"""
        (() => {
          const enter = __jsrun(() => {});
          enter({{(int)EntryOp.Configure}}, '{{Settings.ToJson()}}');
          enter({{(int)EntryOp.Evaluate}}, 1, '1 + 1', 'rehearsal.js');
          enter({{(int)EntryOp.EvaluateValue}}, 2, '({ a: [1, "b", null] })', 'rehearsal.js', true, true);
          enter({{(int)EntryOp.Evaluate}}, 3, `{{Work}}`, 'rehearsal.js');
        })()
        """);
}
