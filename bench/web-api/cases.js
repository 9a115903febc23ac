// The common path of the web APIs, the same script for every engine: its completion value is a promise of JSON with microseconds per operation.
// What is asserted of a result keeps engines from leaving out what nobody looks at.
globalThis.webApi = (async () => {
  const results = {};
  const ROUNDS = 5;

  async function measure(name, count, run) {
    try {
      await run(Math.min(count, 500));
      let best = Infinity;
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now();
        await run(count);
        best = Math.min(best, performance.now() - start);
      }
      results[name] = best * 1000 / count;
    } catch {
      // An engine without the API.
      results[name] = null;
    }
  }

  let sink;
  const repeat = (run) => (count) => { for (let i = 0; i < count; i++) sink = run(i); };
  const repeatAsync = (run) => async (count) => { for (let i = 0; i < count; i++) sink = await run(i); };
  const chunks = () => {
    let left = 64;
    return new ReadableStream({ pull(controller) { if (left-- > 0) controller.enqueue(left); else controller.close(); } });
  };
  const drain = async (stream) => {
    const reader = stream.getReader();
    while (!(await reader.read()).done);
  };

  await measure('new URL(absolute)', 20_000, repeat((i) => new URL(`https://example.com:8080/path/to/${i}?a=1&b=2#frag`)));
  await measure('new URL, searchParams.get', 20_000, repeat((i) => new URL(`https://example.com/path?a=1&b=2&i=${i}`).searchParams.get('b')));
  await measure('new Headers of five, get', 20_000, repeat(() => new Headers({ 'content-type': 'application/json', accept: '*/*', 'x-a': '1', 'x-b': '2', 'user-agent': 'x' }).get('content-type')));
  await measure('new Request(url)', 20_000, repeat(() => new Request('https://example.com/path?a=1', { headers: { accept: '*/*' } })));
  await measure('new Response(text)', 20_000, repeat(() => new Response('hello', { headers: { 'content-type': 'text/plain' } })));
  await measure('Response.json', 20_000, repeat(() => Response.json({ a: 1, b: [1, 2] })));
  await measure('new Response(text).text()', 10_000, repeatAsync(() => new Response('hello').text()));
  await measure('request.json()', 10_000, repeatAsync(() => new Request('https://example.com/', { method: 'POST', body: '{"a":1}' }).json()));
  await measure('stream of 64 chunks', 1000, repeatAsync(() => drain(chunks())));
  await measure('pipeThrough, 64 chunks', 300, repeatAsync(() => drain(chunks().pipeThrough(new TransformStream({ transform(chunk, controller) { controller.enqueue(chunk); } })))));

  const ascii = 'hello world '.repeat(90);
  const text = 'hello wörld '.repeat(90);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const asciiBytes = encoder.encode(ascii);
  const textBytes = encoder.encode(text);
  const large = encoder.encode(ascii.repeat(60));
  const largeText = decoder.decode(large);
  await measure('TextEncoder, 1 KB ASCII', 20_000, repeat(() => encoder.encode(ascii)));
  await measure('TextEncoder, 1 KB other', 20_000, repeat(() => encoder.encode(text)));
  await measure('TextEncoder, 64 KB ASCII', 500, repeat(() => encoder.encode(largeText)));
  await measure('TextDecoder, 1 KB ASCII', 20_000, repeat(() => decoder.decode(asciiBytes)));
  await measure('TextDecoder, 1 KB other', 20_000, repeat(() => decoder.decode(textBytes)));
  await measure('TextDecoder, 64 KB ASCII', 500, repeat(() => decoder.decode(large)));
  await measure('btoa, 1 KB', 10_000, repeat(() => btoa(ascii)));
  const encoded = btoa(ascii);
  await measure('atob, 1 KB', 10_000, repeat(() => atob(encoded)));
  await measure('structuredClone, small', 10_000, repeat(() => structuredClone({ a: 1, b: 'x', c: [1, 2, 3], d: { e: new Date() } })));
  const target = new EventTarget();
  target.addEventListener('x', () => {});
  await measure('dispatchEvent', 50_000, repeat(() => target.dispatchEvent(new Event('x'))));
  await measure('AbortController, abort', 20_000, repeat(() => {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => {});
    controller.abort();
  }));
  await measure('crypto.randomUUID', 20_000, repeat(() => crypto.randomUUID()));
  await measure('crypto.getRandomValues(16)', 20_000, repeat(() => crypto.getRandomValues(new Uint8Array(16))));
  await measure('digest SHA-256, 1 KB', 2000, repeatAsync(() => crypto.subtle.digest('SHA-256', asciiBytes)));
  await measure('new URLPattern', 500, repeat(() => new URLPattern({ pathname: '/users/:id/posts/:post' })));
  const pattern = typeof URLPattern === 'function' ? new URLPattern({ pathname: '/users/:id/posts/:post' }) : undefined;
  await measure('URLPattern.exec', 5000, repeat((i) => pattern.exec(`https://example.com/users/5/posts/${i}`)));
  globalThis.sink = sink;
  return JSON.stringify({ wpt: 1, results });
})();
globalThis.webApi;
