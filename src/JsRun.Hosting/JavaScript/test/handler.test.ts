import assert from 'node:assert/strict';
import test from 'node:test';
import { AbortKind, BodyKind, EntryOp, GO_ON, HostOp, ReportKind, WAIT } from '../src/kernel/ops.ts';
import { Runtime, turn } from './runtime.ts';

const handler = (body: string) => `export default { async fetch(request, env, ctx) { ${body} } };`;
const sourceOps = new Set([HostOp.SourcePull, HostOp.SourceCancel]);

test('a text answer crosses whole, with its headers and status', async () => {
  const runtime = new Runtime();
  const answer = await runtime.serve(handler("return new Response('héllo', { status: 201, statusText: 'Made', headers: { 'X-A': '1' } });"));
  assert.deepEqual({ ...answer }, { status: 201, statusText: 'Made', headers: 'x-a\n1\ncontent-type\ntext/plain;charset=UTF-8\n', kind: BodyKind.Text, body: 'héllo' });
  assert.deepEqual(runtime.settled, [1]);
});

test('Response.json crosses as text', async () => {
  const answer = await new Runtime().serve(handler("return Response.json({ a: [1, 'ü'] });"));
  assert.equal(answer?.kind, BodyKind.Text);
  assert.equal(answer.body, '{"a":[1,"ü"]}');
  assert.equal(answer.headers, 'content-type\napplication/json\n');
});

test('bytes and blobs cross as bytes, nothing as nothing', async () => {
  for (const body of ['new Uint8Array([104, 105])', "new Blob(['h', 'i'])", "new TextEncoder().encode('hi').buffer"]) {
    const answer = await new Runtime().serve(handler(`return new Response(${body});`));
    assert.equal(answer?.kind, BodyKind.Bytes, body);
    assert.equal(Buffer.from(answer.body as Uint8Array).toString(), 'hi');
  }
  assert.equal((await new Runtime().serve(handler('return new Response(null, { status: 204 });')))?.kind, BodyKind.None);
});

test('repeated Set-Cookie headers stay apart, others are joined', async () => {
  const answer = await new Runtime().serve(handler("const headers = new Headers({ a: '1' }); headers.append('a', '2'); headers.append('Set-Cookie', 'x=1'); headers.append('Set-Cookie', 'y=2'); return new Response(null, { headers });"));
  assert.equal(answer?.headers, 'a\n1, 2\nset-cookie\nx=1\nset-cookie\ny=2\n');
});

test('a script that gets hold of a list of headers cannot make two of one', async () => {
  const runtime = new Runtime();
  await runtime.serve(handler(`
    let list;
    Object.defineProperty(Array.prototype, 1, { configurable: true, set() { list ??= this; } });
    const headers = new Headers();
    headers.append('x-a', 'a');
    delete Array.prototype[1];
    list[1] = 'a\\nset-cookie\\nevil=1';
    return new Response('x', { headers });`));
  assert.equal(runtime.answers.get(1), undefined);
  assert.match(runtime.failures.get(1)!.message, /line feed/);
});

test('an untouched request asks nothing of the host', async () => {
  const runtime = new Runtime();
  runtime.source(7, ['never read']);
  await runtime.serve(handler("return new Response(request.method + ' ' + request.url);"), { method: 'POST', url: 'http://h/x?y=1', headers: 'A\n1\n', source: 7 });
  assert.equal(runtime.answers.get(1)?.body, 'POST http://h/x?y=1');
  assert.ok(!runtime.calls.some(([op]) => sourceOps.has(op)));
});

test('the request is a genuine one: headers, url, json, clone, new Request', async () => {
  const runtime = new Runtime();
  runtime.source(1, ['{"a":', '1}']);
  const answer = await runtime.serve(handler(`
    const clone = request.clone();
    const moved = new Request(request, { headers: { b: '2' } });
    return Response.json([request instanceof Request, clone.headers.get('x-A'), [...clone.headers], request.bodyUsed, await clone.json(), await moved.text(), moved.headers.get('b'), request.bodyUsed]);`),
  { method: 'POST', headers: 'X-A\n1\ncookie\na=1\nCookie\nb=2\nx-a\n3\n', source: 1 });
  assert.deepEqual(JSON.parse(answer!.body as string), [true, '1, 3', [['cookie', 'a=1; b=2'], ['x-a', '1, 3']], true, { a: 1 }, '{"a":1}', '2', true]);
});

test('a URL that is not canonical is normalised when it is read', async () => {
  const answer = await new Runtime().serve(handler('return new Response(request.url);'), { url: 'http://EXAMPLE.com:80/a/../b ü' });
  assert.equal(answer?.body, 'http://example.com/b%20%C3%BC');
});

test('a body is read whole without a stream, waiting or not', async () => {
  for (const waits of [false, true]) {
    const runtime = new Runtime();
    runtime.source(3, ['héllo ', 'wörld'], { waits });
    void runtime.serve(handler("const text = await request.text(); return new Response(text + ' ' + request.bodyUsed + ' ' + (await request.text().catch((e) => e.name)));"), { method: 'POST', source: 3 });
    for (let i = 0; i < 4; i++) {
      await turn();
      if (waits && runtime.sources.get(3)!.pulls > i) runtime.feed(3);
    }
    await turn();
    assert.equal(runtime.answers.get(1)?.body, 'héllo wörld true TypeError');
  }
});

test('a body that fails rejects with the message of the host', async () => {
  const runtime = new Runtime();
  runtime.source(3, ['part'], { fails: 'The client has gone' });
  await runtime.serve(handler("return new Response(await request.text().catch((e) => e.name + ': ' + e.message));"), { method: 'POST', source: 3 });
  await turn();
  assert.equal(runtime.answers.get(1)?.body, 'TypeError: The client has gone');
});

test('the request body is a byte stream that pulls on demand', async () => {
  const runtime = new Runtime();
  runtime.source(3, ['one', 'two', 'three']);
  await runtime.serve(handler(`
    const reader = request.body.getReader({ mode: 'byob' });
    const first = await reader.read(new Uint8Array(2));
    await reader.cancel();
    return new Response(first.value);`), { method: 'POST', source: 3 });
  assert.equal(Buffer.from(runtime.answers.get(1)!.body as Uint8Array).toString(), 'on');
  assert.equal(runtime.sources.get(3)!.pulls, 1);
  assert.equal(runtime.sources.get(3)!.canceled, true);
});

test('a streamed answer is pumped, and not pulled while the sink waits', async () => {
  const runtime = new Runtime();
  runtime.onWrite = (_sink, chunk) => (chunk === 1 ? WAIT : GO_ON);
  const answer = await runtime.serve(handler(`
    globalThis.pulls = 0;
    return new Response(new ReadableStream({ pull(c) { if (++pulls > 4) c.close(); else c.enqueue(new TextEncoder().encode('c' + pulls)); } }, { highWaterMark: 0 }));`));
  assert.equal(answer?.kind, BodyKind.Stream);
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(runtime.written.get(1)!.text, 'c1c2');
  assert.equal(runtime.evaluate('pulls'), 2);
  assert.deepEqual(runtime.settled, []);
  runtime.onWrite = () => GO_ON;
  runtime.enter(EntryOp.SinkReady, 1, true);
  for (let i = 0; i < 5; i++) await turn();
  assert.deepEqual({ ...runtime.written.get(1)! }, { text: 'c1c2c3c4', chunks: 4, ended: true });
  assert.deepEqual(runtime.settled, [1]);
});

test('text and bytes that are long go out piece by piece, as fast as the sink takes them', async () => {
  for (const [body, text] of [["'é'.repeat(2 ** 20) + '€'", 'é'.repeat(2 ** 20) + '€'], ['new Uint8Array(2 ** 20 + 1).fill(97)', 'a'.repeat(2 ** 20 + 1)]] as const) {
    const runtime = new Runtime();
    runtime.onWrite = (_sink, chunk) => (chunk === 1 ? WAIT : GO_ON);
    const answer = await runtime.serve(handler(`return new Response(${body});`));
    assert.equal(answer?.kind, BodyKind.Stream);
    assert.equal(answer.body, Buffer.byteLength(text), 'the length crosses with the head');
    await turn();
    assert.equal(runtime.written.get(1)!.chunks, 2);
    runtime.onWrite = () => GO_ON;
    runtime.enter(EntryOp.SinkReady, 1, true);
    await turn();
    assert.ok(runtime.written.get(1)!.text === text && runtime.written.get(1)!.ended === true);
    assert.deepEqual(runtime.settled, [1]);
  }
});

test('a pair of surrogates at the edge of a piece stays in one piece', async () => {
  for (let shift = -2; shift <= 1; shift++) {
    const runtime = new Runtime();
    await runtime.serve(handler(`return new Response('a'.repeat(16384 + ${shift}) + '\u{1F600}' + 'b'.repeat(2 ** 20));`));
    await turn();
    const pieces = runtime.calls.filter(([op]) => op === HostOp.SinkWrite).map((call) => call[2] as string);
    assert.ok(pieces.every((piece) => piece.isWellFormed()), String(shift));
    assert.equal(pieces.join('').length, 16384 + shift + 2 + 2 ** 20);
  }
});

test('a refused piece of text is offered again, and no piece is offered after the reader has gone', async () => {
  const runtime = new Runtime();
  let writes = 0;
  runtime.onWrite = () => (++writes === 1 ? -1 : WAIT);
  await runtime.serve(handler("return new Response('x'.repeat(2 ** 20 + 1));"));
  await turn();
  assert.equal(runtime.written.get(1)!.text, '');
  runtime.enter(EntryOp.SinkReady, 1, true);
  await turn();
  assert.equal(runtime.written.get(1)!.text.length, 16384);
  runtime.enter(EntryOp.SinkReady, 1, false);
  await turn();
  assert.equal(writes, 2);
  assert.deepEqual(runtime.settled, [1]);
});

test('a refused chunk is offered again', async () => {
  const runtime = new Runtime();
  let refused = false;
  runtime.onWrite = () => { if (refused) return GO_ON; refused = true; return -1; };
  await runtime.serve(handler("return new Response(ReadableStream.from([new Uint8Array([97]), new Uint8Array([98])]));"));
  await turn();
  assert.equal(runtime.written.get(1)!.text, '');
  runtime.enter(EntryOp.SinkReady, 1, true);
  await turn();
  await turn();
  assert.equal(runtime.written.get(1)!.text, 'ab');
});

test('a reader that has gone aborts the signal and cancels the stream', async () => {
  const runtime = new Runtime();
  runtime.onWrite = () => WAIT;
  await runtime.serve(handler("request.signal.onabort = ({ target }) => { globalThis.aborted = target.reason.name; }; return new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(1)); }, cancel(reason) { globalThis.canceled = reason.message; } }));"));
  await turn();
  runtime.enter(EntryOp.SinkReady, 1, false);
  await turn();
  assert.equal(runtime.evaluate('aborted'), 'AbortError');
  assert.equal(runtime.evaluate('canceled'), 'The client has gone.');
  assert.deepEqual(runtime.settled, [1]);
  assert.equal(runtime.written.get(1)!.ended, undefined);
});

test('a stream that errors midway ends its sink with the error', async () => {
  const runtime = new Runtime();
  await runtime.serve(handler("return new Response(new ReadableStream({ pull(c) { if (globalThis.once) throw new RangeError('midway'); globalThis.once = true; c.enqueue(new Uint8Array([97])); } }, { highWaterMark: 0 }));"));
  for (let i = 0; i < 4; i++) await turn();
  assert.equal(runtime.written.get(1)!.error?.message, 'midway');
  assert.deepEqual(runtime.settled, [1]);
});

test('a chunk that is not a Uint8Array ends the stream with a helpful error', async () => {
  const runtime = new Runtime();
  await runtime.serve(handler("return new Response(ReadableStream.from(['text']));"));
  await turn();
  assert.match(runtime.written.get(1)!.error!.message, /TextEncoder/);
});

test('only a Uint8Array is a chunk: what other views show is not bytes', async () => {
  for (const view of ['new Uint16Array([97])', 'new Int8Array([97])', 'new Uint8ClampedArray([97])', 'new DataView(new ArrayBuffer(1))', 'new ArrayBuffer(1)']) {
    const runtime = new Runtime();
    await runtime.serve(handler(`return new Response(ReadableStream.from([${view}]));`));
    await turn();
    assert.match(runtime.written.get(1)!.error!.message, /not a Uint8Array/, view);
    assert.equal(runtime.written.get(1)!.text, '');
  }
});

test('a proxied body goes from source to sink without a stream, however many chunks there are', async () => {
  const runtime = new Runtime();
  runtime.source(3, Array.from({ length: 50_000 }, () => 'x'));
  await runtime.serve(handler('return new Response(request.body === null ? null : "");'), { method: 'POST', source: 3 });
  await runtime.serve("export default { fetch: (request) => fetch('http://up/', { method: 'POST', body: request.body, duplex: 'half' }) };", {}, 2);
  runtime.source(4, Array.from({ length: 50_000 }, () => 'x'));
  await runtime.module('file:///handler2.js', "export default { fetch: () => fetch('http://up/') };");
  runtime.enter(EntryOp.HandleRequest, 5, 'file:///handler2.js', 'GET', 'http://l/', '', -1, '{}', 'r');
  await turn();
  runtime.respond(runtime.fetches.at(-1)!.call, 200, '', 4);
  await turn();
  await turn();
  assert.equal(runtime.written.get(5)!.text.length, 50_000);
  assert.equal(runtime.written.get(5)!.ended, true);
});

for (const [what, code, message] of [
  ['undefined', '', /returned undefined: return a Response/],
  ['a string', "return 'hello';", /returned a string: return a Response/],
  ['a look-alike', 'return Object.create(Response.prototype);', /an object that is not a Response/],
  ['a used body', "const r = new Response('x'); await r.text(); return r;", /already read or is locked/],
  ['Response.error()', 'return Response.error();', /Response\.error\(\)/],
  ['a throw', "throw new RangeError('mine');", /^mine$/],
  ['a throw of nothing', 'throw null;', /null/],
] as const) {
  test(`a handler that answers ${what} fails with a message`, async () => {
    const runtime = new Runtime();
    await runtime.serve(handler(code));
    assert.match(runtime.failures.get(1)!.message, message);
    assert.deepEqual(runtime.settled, [1]);
  });
}

test('a throw of hostException fails the handler and nothing else', async () => {
  const runtime = new Runtime();
  await runtime.serve('export default { fetch() { throw { hostException: 1 }; } };');
  assert.equal(runtime.failures.get(1)?.thrown, 'object');
  assert.equal(runtime.evaluate('Object.prototype.hostException = 1; new RangeError().hostException'), undefined);
});

test('the handler is called on its object with env, params and the request id', async () => {
  const runtime = new Runtime({ env: { A: 'b' } });
  const answer = await runtime.serve("export default { name: 'me', fetch(request, env, ctx) { return Response.json([this.name, env, ctx.params, ctx.requestId, 'passThroughOnException' in ctx]); } };", { params: { id: '7' } });
  assert.equal(answer?.body, '["me",{"A":"b"},{"id":"7"},"request-1",false]');
});

test('waitUntil holds the lease until all promises have settled', async () => {
  const runtime = new Runtime();
  await runtime.serve(handler("ctx.waitUntil(new Promise((r) => { globalThis.release = r; })); ctx.waitUntil(Promise.reject(new Error('late'))); return new Response('x');"));
  assert.deepEqual(runtime.settled, []);
  assert.equal(runtime.reports[0]?.error.message, 'late');
  assert.equal(runtime.reports[0].kind, ReportKind.UnhandledRejection);
  runtime.evaluate('release()');
  await turn();
  assert.deepEqual(runtime.settled, [1]);
  assert.equal(runtime.calls.filter(([op]) => op === HostOp.WaitUntil).length, 2);
});

test('abort reaches request.signal and the stream of the response', async () => {
  const runtime = new Runtime();
  runtime.onWrite = () => WAIT;
  await runtime.serve(handler(`
    globalThis.seen = [];
    request.signal.addEventListener('abort', () => seen.push(request.signal.reason.name));
    return new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(1)); }, cancel(reason) { seen.push('cancel ' + reason.name); } }));`));
  runtime.abort(1, AbortKind.TimedOut, 'Too slow');
  await turn();
  assert.deepEqual([...runtime.evaluate('seen') as string[]], ['TimeoutError', 'cancel TimeoutError']);
  assert.deepEqual(runtime.settled, [1]);
});

test('a released lease sends nothing to the host', async () => {
  const runtime = new Runtime();
  await runtime.serve(handler('ctx.waitUntil(new Promise((r) => { globalThis.release = r; })); return new Response();'));
  runtime.enter(EntryOp.Release, 1);
  runtime.evaluate('release()');
  await turn();
  assert.deepEqual(runtime.settled, []);
});

test('a request whose signal cannot be made fails, and ends', async () => {
  const runtime = new Runtime();
  await runtime.serve(`Object.setPrototypeOf(AbortSignal, class { constructor() { throw new RangeError('mine'); } }); ${handler("request.signal; return new Response('')")}`);
  assert.equal(runtime.failures.get(1)?.message, 'mine');
  assert.deepEqual(runtime.settled, [1]);
});

test('making bodies does not call a replaced iterator of arrays', async () => {
  const answer = await new Runtime().serve(handler(`
    const iterate = Array.prototype[Symbol.iterator];
    let seen = 0;
    const blob = new Blob(['a']);
    Array.prototype[Symbol.iterator] = function () { for (let i = 0; i < this.length; i++) if (typeof this[i] === 'object' && this[i] !== null) seen++; return iterate.call(this); };
    new Response('a'); new Response(new Uint8Array(1)); new Response(blob); new Response(new ReadableStream()); Response.json({}); new Request('http://h/', { method: 'POST', body: 'a' });
    Array.prototype[Symbol.iterator] = iterate;
    return new Response(String(seen));`));
  assert.equal(answer?.body, '0');
});

test('a body does not lead to the bodies of other requests', async () => {
  const runtime = new Runtime({ surface: 'Contained' });
  runtime.source(1, ['mine']);
  runtime.source(2, ['a secret']);
  const answer = await runtime.serve(`
    let found = 'nothing';
    for (const type of [Uint8Array, ReadableStream]) Object.defineProperty(type, Symbol.hasInstance, { value(value) {
      const Source = typeof value === 'object' && value !== null && 'drain' in value ? value.constructor : undefined;
      if (Source !== undefined) new Source(2).read({ chunk(bytes) { found = String.fromCharCode(...bytes); }, end() { }, error() { } });
      return Function.prototype[Symbol.hasInstance].call(this, value);
    } });
    export default { async fetch(request) { return new Response(await request.text() + ', ' + found); } }`, { method: 'POST', source: 1 });
  assert.equal(answer?.body, 'mine, nothing');
});
