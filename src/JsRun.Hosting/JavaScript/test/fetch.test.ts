import assert from 'node:assert/strict';
import test from 'node:test';
import { BodyKind, EntryOp, HostOp, WAIT } from '../src/kernel/ops.ts';
import { Runtime, turn } from './runtime.ts';

/** Starts a script with fetches; its outcome ends up in `result`. */
function start(runtime: Runtime, body: string): () => Promise<unknown> {
  runtime.evaluate(`globalThis.result = undefined; (async () => { ${body} })().then((v) => { result = JSON.stringify(v); }, (e) => { result = JSON.stringify(e.name + ': ' + e.message); });`);
  return async () => {
    for (let i = 0; i < 20; i++) await turn();
    const result = runtime.evaluate('result') as string | undefined;
    return result === undefined ? undefined : JSON.parse(result) as unknown;
  };
}

test('a fetch crosses once and its answer is a response', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const r = await fetch('http://up/a#frag', { headers: { 'X-A': '1', host: 'evil' } }); return [r.status, r.ok, r.url, r.type, r.headers.get('b'), r.headers.getSetCookie(), await r.json()];");
  assert.deepEqual({ ...runtime.fetches[0] }, { call: 1, method: 'GET', url: 'http://up/a', headers: 'X-A\n1\naccept\n*/*\naccept-language\n*\nuser-agent\nJsRun\n', kind: BodyKind.None, body: undefined });
  runtime.source(9, ['{"x":', '2}']);
  runtime.respond(1, 200, 'B\n2\nSet-Cookie\na\nSet-Cookie\nb\n', 9);
  assert.deepEqual(await result(), [200, true, 'http://up/a', 'basic', '2', ['a', 'b'], { x: 2 }]);
});

test('a body that has not been read fails when its fetch is aborted', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const c = new AbortController(); const r = await fetch('http://up/', { signal: c.signal }); const s = await fetch('http://up/', { signal: c.signal }); c.abort(new Error('stop')); return [await r.text().catch(String), await s.body.getReader().read().catch(String)];");
  for (const call of [1, 2]) {
    runtime.source(call, ['text']);
    runtime.respond(call, 200, '', call);
    await turn();
  }
  assert.deepEqual(await result(), ['Error: stop', 'Error: stop']);
});

test('an aborted signal rejects at once, and cancels the body', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const log = []; const body = new ReadableStream({ cancel(reason) { log.push(reason); } }); fetch('http://up/', { method: 'POST', duplex: 'half', body, signal: AbortSignal.abort('why') }).catch((e) => { log.push('rejected ' + e); }); await null; await null; return log;");
  assert.deepEqual(await result(), ['why', 'rejected why']);
  assert.equal(runtime.fetches.length, 0);
});

test('Object.prototype.then does not get between a body and its reader', async () => {
  const runtime = new Runtime();
  const poison = "Object.prototype.then = (done) => { delete Object.prototype.then; done({ done: false, value: new Uint8Array([66]), bytes: new Uint8Array([66]) }); };";
  const result = start(runtime, `const bodies = [new Uint8Array([65]), new ReadableStream({ start(c) { c.enqueue(new Uint8Array([65])); c.close(); } }), new Blob(['A'])]; const texts = []; for (const b of bodies) { const r = new Response(b); ${poison} texts.push(await r.text()); delete Object.prototype.then; } return texts;`);
  assert.deepEqual(await result(), ['A', 'A', 'A']);
});

test('text and bytes are sent whole', async () => {
  const runtime = new Runtime();
  start(runtime, "fetch('http://up/', { method: 'POST', body: 'héllo' }); fetch('http://up/', { method: 'PUT', body: new Uint8Array([1]) }); fetch('http://up/', { method: 'POST', body: new URLSearchParams({ a: '1 2' }) });");
  assert.deepEqual(runtime.fetches.map(({ kind }) => kind), [BodyKind.Text, BodyKind.Bytes, BodyKind.Text]);
  assert.equal(runtime.fetches[0]!.body, 'héllo');
  assert.equal(runtime.fetches[2]!.body, 'a=1+2');
});

test('text and bytes that are long are sent through the sink of the call, with their length', async () => {
  for (const [body, text] of [["'é'.repeat(65537)", 'é'.repeat(65537)], ['new Uint8Array(65537).fill(97)', 'a'.repeat(65537)]] as const) {
    const runtime = new Runtime();
    start(runtime, `fetch('http://up/', { method: 'POST', body: ${body} });`);
    assert.equal(runtime.fetches[0]!.kind, BodyKind.Stream);
    assert.equal(runtime.calls.find(([op]) => op === HostOp.Fetch)![7], Buffer.byteLength(text));
    await turn();
    assert.ok(runtime.written.get(-1)!.text === text && runtime.written.get(-1)!.ended === true);
  }
});

test('a stream is sent through the sink of the call', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const r = await fetch('http://up/', { method: 'POST', body: ReadableStream.from([new Uint8Array([97]), new Uint8Array([98])]), duplex: 'half' }); return r.status;");
  assert.equal(runtime.fetches[0]!.kind, BodyKind.Stream);
  assert.equal(runtime.fetches[0]!.body, -1);
  await turn();
  assert.deepEqual({ ...runtime.written.get(-1)! }, { text: 'ab', chunks: 2, ended: true });
  runtime.respond(1, 204);
  assert.equal(await result(), 204);
});

test('a refusal rejects with a TypeError that says why', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "try { await fetch('http://secret/'); } catch (e) { return [e.name, e.message, e.cause.name]; }");
  runtime.refuse(1, 'PermissionDenied', 'http://secret/ is not allowed: add "net:secret" to JsRun:Permissions');
  assert.deepEqual(await result(), ['TypeError', 'fetch failed: http://secret/ is not allowed: add "net:secret" to JsRun:Permissions', 'PermissionDenied']);
});

test('redirects are hops of their own; another origin gets no secrets, a POST becomes a GET', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const r = await fetch('http://a/1', { method: 'POST', body: 'x', headers: { authorization: 's', cookie: 'c', 'x-keep': '1' } }); return [r.url, r.redirected, r.status];");
  runtime.source(5, ['ignored']);
  runtime.respond(1, 302, 'Location\n/2\n', 5);
  assert.equal(runtime.sources.get(5)!.canceled, true);
  const second = runtime.fetches[1]!;
  assert.deepEqual([second.method, second.url, second.kind], ['GET', 'http://a/2', BodyKind.None]);
  assert.match(second.headers, /authorization\ns\n/);
  assert.doesNotMatch(second.headers, /content-type/);
  runtime.respond(2, 307, 'location\nhttps://b/3\n');
  const third = runtime.fetches[2]!;
  assert.equal(third.url, 'https://b/3');
  assert.doesNotMatch(third.headers, /authorization|cookie/);
  assert.match(third.headers, /x-keep\n1\n/);
  runtime.respond(3, 200);
  assert.deepEqual(await result(), ['https://b/3', true, 200]);
});

test('a 307 sends text again, and cannot send a stream again', async () => {
  const runtime = new Runtime();
  start(runtime, "await fetch('http://a/', { method: 'POST', body: 'again' });");
  runtime.respond(1, 307, 'location\n/2\n');
  assert.deepEqual([runtime.fetches[1]!.method, runtime.fetches[1]!.body], ['POST', 'again']);
  const result = start(runtime, "await fetch('http://a/', { method: 'POST', duplex: 'half', body: ReadableStream.from([new Uint8Array(1)]) });");
  runtime.respond(3, 308, 'location\n/2\n');
  assert.match(await result() as string, /^TypeError: .*cannot be sent again/);
});

test('redirect modes error and manual, too many, and bad targets', async () => {
  const runtime = new Runtime();
  let result = start(runtime, "await fetch('http://a/', { redirect: 'error' });");
  runtime.respond(1, 301, 'location\n/2\n');
  assert.match(await result() as string, /^TypeError: .*redirect mode is "error"/);
  result = start(runtime, "const r = await fetch('http://a/', { redirect: 'manual' }); return [r.status, r.headers.get('location')];");
  runtime.respond(2, 301, 'location\n/2\n');
  assert.deepEqual(await result(), [301, '/2']);
  result = start(runtime, "await fetch('http://a/');");
  runtime.respond(3, 302, 'location\nfile:///etc/passwd\n');
  assert.match(await result() as string, /not an http or https URL/);
  result = start(runtime, "await fetch('http://a/');");
  for (let call = 4; call < 30 && call <= runtime.fetches.length; call++) runtime.respond(call, 302, 'location\n/x\n');
  assert.match(await result() as string, /more than 20 redirects/);
  assert.equal(runtime.fetches.length, 3 + 21);
});

test('abort before, during and after the answer', async () => {
  const runtime = new Runtime();
  let result = start(runtime, "await fetch('http://a/', { signal: AbortSignal.abort() });");
  assert.match(await result() as string, /^AbortError/);
  assert.equal(runtime.fetches.length, 0);

  result = start(runtime, "globalThis.c = new AbortController(); await fetch('http://a/', { signal: c.signal });");
  runtime.evaluate("c.abort(new RangeError('mine'))");
  assert.equal(await result(), 'RangeError: mine');
  assert.deepEqual(runtime.aborted, [1]);
  runtime.source(8, []);
  runtime.respond(1, 200, '', 8);
  assert.equal(runtime.sources.get(8)!.canceled, true, 'an answer that comes after all is let go');

  result = start(runtime, "globalThis.c = new AbortController(); const r = await fetch('http://a/', { signal: c.signal }); globalThis.got = true; return r.text();");
  runtime.source(9, ['part'], { waits: true });
  runtime.respond(2, 200, '', 9);
  await result();
  runtime.evaluate('c.abort()');
  assert.match(await result() as string, /^AbortError/);
  assert.equal(runtime.sources.get(9)!.canceled, true);
});

test('abort stops an upload', async () => {
  const runtime = new Runtime();
  runtime.onWrite = () => WAIT;
  const result = start(runtime, "globalThis.c = new AbortController(); await fetch('http://a/', { method: 'POST', duplex: 'half', signal: c.signal, body: new ReadableStream({ pull(x) { x.enqueue(new Uint8Array(1)); }, cancel(r) { globalThis.stopped = r.name; } }) });");
  await turn();
  runtime.evaluate('c.abort()');
  assert.match(await result() as string, /^AbortError/);
  assert.equal(runtime.evaluate('stopped'), 'AbortError');
});

test('data and blob URLs need no host', async () => {
  const runtime = new Runtime();
  const result = start(runtime, `
    const data = await fetch('data:text/plain;charset=utf-8;base64,aMOpbGxv');
    const url = URL.createObjectURL(new Blob(['hello'], { type: 'text/x' }));
    const blob = await fetch(url);
    const range = await fetch(url, { headers: { range: 'bytes=1-2' } });
    return [await data.text(), data.headers.get('content-type'), await blob.text(), blob.headers.get('content-type'), range.status, await range.text()];`);
  assert.deepEqual(await result(), ['héllo', 'text/plain;charset=utf-8', 'hello', 'text/x', 206, 'el']);
  assert.ok(!runtime.calls.some(([op]) => op === HostOp.Fetch));
  assert.match(await start(runtime, "await fetch('ftp://x/')")() as string, /scheme "ftp:" is not supported/);
  assert.match(await start(runtime, "await fetch('/relative')")() as string, /^TypeError: .*\/relative/);
});

test('a body that the host fails rejects its reader', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const r = await fetch('http://a/'); const reader = r.body.getReader(); await reader.read(); await reader.read();");
  runtime.source(9, ['part'], { fails: 'The connection was reset' });
  runtime.respond(1, 200, '', 9);
  assert.equal(await result(), 'TypeError: The connection was reset');
});

test('HEAD and null-body answers have no body', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const r = await fetch('http://a/', { method: 'HEAD' }); return r.body;");
  runtime.source(9, []);
  runtime.enter(EntryOp.FetchDone, 1, 200, 'OK', '', 9);
  assert.equal(await result(), null);
  assert.equal(runtime.sources.get(9)!.canceled, true);
});

test('a request keeps the blob of its URL after the URL has been revoked', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const url = URL.createObjectURL(new Blob(['kept'])); const request = new Request(url); URL.revokeObjectURL(url); const clone = request.clone(); return [await (await fetch(request)).text(), await (await fetch(clone)).text(), await fetch(url).catch((e) => e.name)];");
  assert.deepEqual(await result(), ['kept', 'kept', 'TypeError']);
});

test('scripts cannot change which URLs go to the network', async () => {
  const runtime = new Runtime();
  const result = start(runtime, "const { test } = RegExp.prototype; RegExp.prototype.test = function (text) { return this.source.startsWith('^http') || test.call(this, text); }; return await (await fetch('data:,here')).text();");
  assert.equal(await result(), 'here');
  assert.deepEqual(runtime.fetches, []);
});
