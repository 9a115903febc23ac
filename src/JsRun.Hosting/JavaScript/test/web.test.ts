import assert from 'node:assert/strict';
import test from 'node:test';
import { NativeParts } from '../src/kernel/native.ts';
import { Runtime, turn } from './runtime.ts';

async function check(body: string, expected: unknown): Promise<void> { assert.deepEqual(await new Runtime().run(body), expected); }

test('structuredClone copies values that can be copied', () => check(`
  const cyclic = { a: [1, 'x', 2n ** 2n > 0], d: new Date(5), r: /a/gi, m: new Map([[{ k: 1 }, new Set([1])]]), u: undefined, b: Object(true), e: new RangeError('no', { cause: 7 }), v: new Float64Array([1.5]) };
  cyclic.self = cyclic;
  const c = structuredClone(cyclic);
  const blob = structuredClone(new File(['hi'], 'f.txt', { type: 'text/x', lastModified: 3 }));
  const exception = structuredClone(new DOMException('m', 'AbortError'));
  return [c !== cyclic, c.self === c, c.a, c.d.getTime(), String(c.r), [...c.m.keys()][0], [...[...c.m.values()][0]], 'u' in c, c.b instanceof Boolean, c.e instanceof RangeError, c.e.cause, c.v[0], blob.name, await blob.text(), blob.lastModified, exception.name, exception instanceof DOMException];`,
[true, true, [1, 'x', true], 5, '/a/gi', { k: 1 }, [1], true, true, true, 7, 1.5, 'f.txt', 'hi', 3, 'AbortError', true]));

test('structuredClone refuses values that cannot be copied, and transfers', () => check(`
  const failures = [];
  for (const value of [() => {}, Symbol('s'), { f() {} }, new WeakMap(), Promise.resolve(), new URL('http://h/'), new Response(), new ReadableStream()]) {
    try { structuredClone(value); failures.push('none'); } catch (e) { failures.push(e.name + e.code); }
  }
  const buffer = new Uint8Array([1, 2]).buffer;
  const moved = structuredClone({ buffer, view: new Uint8Array(buffer, 1) }, { transfer: [buffer] });
  class Custom { x = 1; }
  const plain = structuredClone(new Custom());
  return [failures.every((f) => f === 'DataCloneError25'), buffer.byteLength, moved.view[0], moved.view.buffer === moved.buffer, plain.x, plain instanceof Custom, Array.isArray(structuredClone([]))];`,
[true, 0, 2, true, 1, false, true]));

test('message ports deliver copies in order, each as a task', () => check(`
  const { port1, port2 } = new MessageChannel();
  const seen = [];
  const done = new Promise((r) => { port2.onmessage = (e) => { seen.push(e.data, e.ports.length); Promise.resolve().then(() => seen.push('micro')); if (e.data === 'end') r(); }; });
  const extra = new MessageChannel();
  port1.postMessage({ n: 1 }, [extra.port1]);
  port1.postMessage('end');
  await done;
  return seen;`, [{ n: 1 }, 1, 'micro', 'end', 0, 'micro']));

test('events: options, order, once, signal, handleEvent, errors', async () => {
  const runtime = new Runtime();
  assert.deepEqual(await runtime.run(`
    const t = new EventTarget(), seen = [], c = new AbortController();
    t.addEventListener('x', (e) => { seen.push('once'); }, { once: true });
    t.addEventListener('x', { handleEvent() { seen.push(this === handler); } });
    const handler = t; t.addEventListener('x', () => seen.push('signal'), { signal: c.signal });
    t.addEventListener('x', () => seen.push('capture'), true);
    t.addEventListener('x', (e) => { e.preventDefault(); throw new Error('listener'); });
    const event = new Event('x', { cancelable: true });
    seen.push(t.dispatchEvent(event), event.isTrusted, event.eventPhase);
    c.abort(); t.dispatchEvent(new CustomEvent('x', { detail: 1 }));
    return seen;`), ['capture', 'once', false, 'signal', false, false, 0, 'capture', false]);
  assert.deepEqual(runtime.reports.map(({ error }) => error.message), ['listener', 'listener']);
});

test('AbortSignal.any follows its sources', () => check(`
  const a = new AbortController(), b = new AbortController();
  const any = AbortSignal.any([a.signal, AbortSignal.any([b.signal])]);
  const seen = []; any.onabort = (e) => seen.push(e.type, any.reason);
  b.abort('why');
  try { any.throwIfAborted(); } catch (e) { seen.push(e); }
  return [any.aborted, seen, AbortSignal.any([a.signal]).aborted, AbortSignal.abort().reason.name];`, [true, ['abort', 'why', 'why'], false, 'AbortError']));

test('streams: pipe, tee, transform, byob, backpressure, async iteration', () => check(`
  let pulled = 0;
  const source = new ReadableStream({ pull(c) { if (pulled++ < 3) c.enqueue(pulled); else c.close(); } }, new CountQueuingStrategy({ highWaterMark: 0 }));
  const before = pulled;
  const [a, b] = source.pipeThrough(new TransformStream({ transform(x, c) { c.enqueue(x * 2); } })).tee();
  const left = []; for await (const x of a) left.push(x);
  const right = []; await b.pipeTo(new WritableStream({ write(x) { right.push(x); } }));
  const bytes = new ReadableStream({ type: 'bytes', pull(c) { c.byobRequest.view[0] = 7; c.byobRequest.respond(1); } });
  const { value } = await bytes.getReader({ mode: 'byob' }).read(new Uint8Array(4));
  return [before, left, right, [...value], ReadableStream.name, TransformStream.name];`, [0, [2, 4, 6], [2, 4, 6], [7], 'ReadableStream', 'TransformStream']));

test('encoding: UTF-8, labels, legacy, fatal, streaming', () => check(`
  const big = 'aé€😀'.repeat(2000);
  const into = new Uint8Array(5);
  const d = new TextDecoder();
  const parts = [0xf0, 0x9f, 0x98, 0x80].map((x) => d.decode(new Uint8Array([x]), { stream: true })).join('') + d.decode();
  let fatal; try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])); } catch (e) { fatal = e.name; }
  let label; try { new TextDecoder('nope'); } catch (e) { label = e.name; }
  const text = []; for await (const x of ReadableStream.from(['a\\ud83d', '\\ude00']).pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream())) text.push(x);
  return [new TextDecoder().decode(new TextEncoder().encode(big)) === big, new TextEncoder().encodeInto('é€x', into), [...into], parts, fatal, label, text.join(''),
    new TextDecoder('shift_jis').decode(new Uint8Array([0x82, 0xa0])), new TextDecoder('latin1').encoding, new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 97])), new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 97])).length, [...new TextEncoder().encode('\\ud800')]];`,
[true, { read: 2, written: 5 }, [0xc3, 0xa9, 0xe2, 0x82, 0xac], '😀', 'TypeError', 'RangeError', 'a😀', 'あ', 'windows-1252', 'a', 2, [239, 191, 189]]));

test('FormData goes through a body and back', () => check(`
  const form = new FormData();
  form.append('text', 'line1\\nline2 ü'); form.append('text', 'second'); form.append('file', new File(['\\0\\x01bytes'], 'na"me.bin', { type: 'application/x' }));
  const request = new Request('http://h/', { method: 'POST', body: form });
  const back = await request.formData();
  const url = await new Response('a=1&b=%20', { headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' } }).formData();
  const wrong = await new Response('x').formData().catch((e) => e.message);
  const file = back.get('file');
  return [back.getAll('text'), file.name, file.type, await file.text(), [...url], /text\\/plain/.test(wrong), [...back.keys()]];`,
[['line1\r\nline2 ü', 'second'], 'na"me.bin', 'application/x', '\0\x01bytes', [['a', '1'], ['b', ' ']], true, ['text', 'text', 'file']]));

test('bodies: every way in, every way out, clone, used', () => check(`
  const out = [];
  for (const body of ['té', new Uint8Array([116, 195, 169]), new Blob(['té']), new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('té')); c.close(); } }), (async function* () { yield 't'; yield 'é'; })()]) {
    const r = new Response(body), c = r.clone();
    out.push(await r.text(), (await c.arrayBuffer()).byteLength, r.bodyUsed, await r.text().catch((e) => e.name));
  }
  const blob = await new Response('x', { headers: { 'content-type': 'text/HTML; charset=x' } }).blob();
  const streamed = new Response('abc'); const reader = streamed.body.getReader(); const first = await reader.read();
  const empty = new Response();
  return [new Set(out.filter((_, i) => i % 4 === 0)).size, out.slice(0, 4), blob.type, first.value.length, streamed.bodyUsed, await empty.text(), empty.body, (await new Response('\\uFEFFx').text()).length, await new Response('[1]').json(), (await new Response('b').bytes())[0]];`,
[1, ['té', 3, true, 'TypeError'], 'text/html;charset=x', 3, true, '', null, 1, [1], 98]));

test('each read of a body returns bytes of its own', () => check(`
  const source = new Uint8Array([1, 2]); const r = new Response(source); source[0] = 9;
  const c = r.clone(); const a = await r.bytes(); a[0] = 7; const b = await c.bytes();
  return [a[1], b[0]];`, [2, 1]));

test('Headers: guards, validation, iteration, cookies', () => check(`
  const h = new Headers([['B', '2'], ['a', ' 1 ']]); h.append('Set-Cookie', 'x'); h.append('set-cookie', 'y');
  const errors = []; for (const f of [() => h.set('a b', '1'), () => h.set('a', 'x\\ny'), () => h.append('a', '\\u0100'), () => new Headers([['x']]), () => Response.redirect('http://h/').headers.set('a', '1')]) try { f(); errors.push('none'); } catch (e) { errors.push(e.name); }
  return [[...h], h.getSetCookie(), h.get('A'), h.has('b'), errors, Object.prototype.toString.call(h.entries())];`,
[[['a', '1'], ['b', '2'], ['set-cookie', 'x'], ['set-cookie', 'y']], ['x', 'y'], '1', true, ['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'], '[object Headers Iterator]']));

test('Request: methods, init, abort follows the signal', () => check(`
  const c = new AbortController();
  const r = new Request('http://h/', { method: 'patch', signal: c.signal }); const post = new Request('http://h/', { method: 'post', body: '1' });
  c.abort('stop');
  const errors = []; for (const f of [() => new Request('http://h/', { method: 'TRACE' }), () => new Request('http://u:p@h/'), () => new Request('http://h/', { body: 'x' }), () => new Request('http://h/', { method: 'POST', body: new ReadableStream() })]) try { f(); errors.push('none'); } catch (e) { errors.push(e.name); }
  return [r.method, post.method, post.headers.get('content-type'), r.signal.aborted, r.signal.reason, errors, new Request(post).method, post.bodyUsed];`,
['patch', 'POST', 'text/plain;charset=UTF-8', true, 'stop', ['TypeError', 'TypeError', 'TypeError', 'TypeError'], 'POST', true]));

test('base64', () => check(`
  const errors = []; for (const f of [() => btoa('€'), () => atob('a'), () => atob('a*==')]) try { f(); } catch (e) { errors.push(e.name); }
  return [btoa('h\\xe9'), atob(' aOk = '), atob('aOk').charCodeAt(1), btoa(''), errors];`, ['aOk=', 'hé', 0xe9, '', ['InvalidCharacterError', 'InvalidCharacterError', 'InvalidCharacterError']]));

test('Blob and File', () => check(`
  const b = new Blob(['ab', new Uint8Array([99]), new Blob(['d'])], { type: 'Text/X' });
  return [b.size, b.type, await b.slice(1, -1, 'y').text(), await b.slice(-2).text(), new Blob(['a\\r\\nb\\rc'], { endings: 'native' }).size, [...await b.bytes()].length, (await b.arrayBuffer()).byteLength, new File([], 'n').name, await new Response(b.stream()).text()];`,
[4, 'text/x', 'bc', 'cd', 5, 4, 4, 'n', 'abcd']));

test('DOMException is an error with a stack', () => check(`
  const e = new DOMException('m', 'NotFoundError');
  return [e instanceof Error, e.name, e.message, e.code, DOMException.NOT_FOUND_ERR, String(e), e.stack.startsWith('NotFoundError: m'), Object.keys(e), new DOMException().name];`,
[true, 'NotFoundError', 'm', 8, 8, 'NotFoundError: m', true, [], 'Error']));

test('crypto: random values and UUIDs', () => check(`
  const a = crypto.getRandomValues(new Uint32Array(8)); const errors = [];
  for (const f of [() => crypto.getRandomValues(new Float32Array(1)), () => crypto.getRandomValues(new Uint8Array(65537)), () => crypto.getRandomValues([])]) try { f(); } catch (e) { errors.push(e.name); }
  return [a.some((x) => x !== 0), /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(crypto.randomUUID()), errors];`, [true, true, ['TypeMismatchError', 'QuotaExceededError', 'TypeError']]));

test('user code that replaces globals breaks none of the web layer', () => check(`
  globalThis.ReadableStream = globalThis.Headers = globalThis.URL = globalThis.TextEncoder = globalThis.AbortController = undefined;
  const r = new Request('http://h/a', { method: 'POST', body: 'x' });
  return [await r.text(), r.url, new Response('y').body.constructor.name];`, ['x', 'http://h/a', 'ReadableStream']));

test('moving and cloning bodies of plain streams', () => check(`
  const stream = (chunk) => new ReadableStream({ pull(c) { c.enqueue(chunk); c.close(); } });
  const request = new Request('http://h/', { method: 'POST', body: stream(new Uint8Array([97])), duplex: 'half' });
  void request.body;
  const moved = new Request(request);
  const chunk = new Uint8Array([98]); const response = new Response(stream(chunk)); const clone = response.clone();
  const [a, b] = [(await response.body.getReader().read()).value, (await clone.body.getReader().read()).value];
  return [request.bodyUsed, await moved.text(), a === chunk, b !== chunk, b[0]];`, [true, 'a', true, true, 98]));

test('the promises of asynchronous callbacks are watched if the host reports no rejections', async () => {
  const body = `
    const seen = [], done = [];
    onunhandledrejection = (e) => { seen.push(e.reason.message, e.promise instanceof Promise); e.preventDefault(); };
    setTimeout(async () => { throw new Error('timer'); });
    queueMicrotask(async () => { throw new Error('microtask'); });
    const target = new EventTarget();
    target.addEventListener('x', async () => { throw new Error('listener'); });
    target.addEventListener('x', { async handleEvent() { throw new Error('handleEvent'); } });
    target.dispatchEvent(new Event('x'));
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = async () => { throw new Error('handler'); };
    port2.postMessage(1);
    const handled = Promise.reject(new Error('handled elsewhere'));
    handled.catch(() => {});
    setTimeout(() => handled);
    setTimeout(Object.setPrototypeOf(() => 1, Object.getPrototypeOf(async () => {})));
    for (let i = 0; i < 12; i++) await new Promise((r) => setTimeout(r));
    return seen.filter((x) => x !== true).sort();`;
  assert.deepEqual(await new Runtime().run(body), ['handleEvent', 'handler', 'listener', 'microtask', 'timer']);
  // Where the host tells, nothing is watched here: Node sees the rejection itself.
  const runtime = new Runtime({}, NativeParts.Rejections);
  const seen: string[] = [];
  const previous = process.rawListeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (reason: Error) => { seen.push(reason.message); });
  try {
    await runtime.run("setTimeout(async () => { throw new Error('left alone'); }); for (let i = 0; i < 4; i++) await new Promise((r) => setTimeout(r));");
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of previous) process.on('unhandledRejection', listener as never);
  }
  assert.deepEqual([seen, runtime.reports], [['left alone'], []]);
});

test('a chain of messages is not delayed as nested timers are', async () => {
  const runtime = new Runtime({ maxTimers: 1 });
  runtime.evaluate(`var count = 0; var { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { if (++count < 50) port2.postMessage(1); };
    port2.onmessage = () => {}; setTimeout(() => {}, 1e6); port2.postMessage(1);`);
  for (let i = 0; i < 100; i++) {
    await turn();
    runtime.advance(0);
  }
  assert.equal(runtime.evaluate('count'), 50);
});

test('unhandled rejections are reported to the host unless a listener cancels the event', async () => {
  const runtime = new Runtime();
  await runtime.run("setTimeout(async () => { throw new Error('lost'); }); for (let i = 0; i < 4; i++) await new Promise((r) => setTimeout(r));");
  assert.deepEqual(runtime.reports.map(({ kind, error }) => [kind, error.message]), [[1, 'lost']]);
});

test('UTF-8 of all kinds of text', () => check(`
  const encoder = new TextEncoder(), decoder = new TextDecoder();
  const texts = ['', 'plain', 'é', 'aé', 'a€b', '\\u{1f600}', 'x\\u{1f600}y', 'ß'.repeat(5000) + 'end', '\\u{10ffff}\\uffff\\ud7ff\\ue000'];
  return [texts.map((text) => decoder.decode(encoder.encode(text)) === text), [...encoder.encode('a\\ud800b\\udc00\\udc00\\ud800')].join(), [...encoder.encode('é€\\u{1f600}')].join()];`,
[Array.from({ length: 9 }, () => true), '97,239,191,189,98,239,191,189,239,191,189,239,191,189', '195,169,226,130,172,240,159,152,128']));

test('streams are transferred: chunks are cloned, ends and errors pass', () => check(`
  class Sub extends ReadableStream {}
  const chunk = { n: 1 };
  const source = new Sub({ start(c) { c.enqueue(chunk); c.enqueue('x'); c.close(); } });
  const moved = structuredClone({ s: source }, { transfer: [source] }).s;
  const got = [];
  for await (const part of moved) got.push(part);
  const failing = new ReadableStream({ start(c) { c.enqueue(() => {}); } });
  const broken = await structuredClone(failing, { transfer: [failing] }).getReader().read().catch((e) => e.name);
  const written = [];
  const sink = new WritableStream({ write(c) { written.push(c); }, close() { written.push('closed'); } });
  const writer = structuredClone(sink, { transfer: [sink] }).getWriter();
  await writer.write('w'); await writer.close();
  const upper = new TransformStream({ transform(c, k) { k.enqueue(c.toUpperCase()); } });
  const piped = [];
  for await (const part of ReadableStream.from(['a', 'b']).pipeThrough(structuredClone(upper, { transfer: [upper] }))) piped.push(part);
  const refused = [];
  for (const f of [() => structuredClone(source), () => structuredClone(1, { transfer: [source] })]) { try { f(); } catch (e) { refused.push(e.name); } }
  return [moved.constructor === ReadableStream, source.locked, got, got[0] !== chunk, broken, written, piped, refused];`,
[true, true, [{ n: 1 }, 'x'], true, 'DataCloneError', ['w', 'closed'], ['A', 'B'], ['DataCloneError', 'DataCloneError']]));

test('a body\'s blob has the type that its header says, parameters in their own case', () => check(`
  const type = async (header) => (await new Response('', { headers: { 'content-type': header } }).blob()).type;
  return [await type('TEXT/HTML;CHARSET=GBK'), await type('x/x;x="\\u00e9"'), new Blob([], { type: 'TEXT/HTML;CHARSET=GBK' }).type];`, ['text/html;charset=GBK', 'x/x;x="é"', 'text/html;charset=gbk']));

test('structuredClone is not misled by what Object.prototype has', () => check(`
  let ran = false;
  Object.defineProperty(Object.prototype, 'trap', { set() { ran = true; }, configurable: true });
  const source = Object.defineProperty(JSON.parse('{"__proto__": 1}'), 'trap', { value: 2, enumerable: true });
  const copy = structuredClone(source);
  delete Object.prototype.trap;
  return [ran, Object.hasOwn(copy, 'trap'), copy.trap, Object.hasOwn(copy, '__proto__'), Object.getPrototypeOf(copy) === Object.prototype];`, [false, true, 2, true, true]));

test('base64 and ASCII of all sizes', () => check(`
  const failures = [];
  for (const size of [0, 1, 31, 32, 33, 63, 64, 1000, 4095, 4096, 8192, 8193, 20000]) {
    const text = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(600).slice(0, size), bytes = new TextEncoder().encode(text);
    if (bytes.length !== size || new TextDecoder().decode(bytes) !== text || new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== text) failures.push(size);
    const latin = text.replaceAll('a', '\\u00ff');
    if (atob(btoa(latin)) !== latin) failures.push(-size);
  }
  const refused = ['=', 'a', 'ab=', 'ab===', '====', 'a=b', 'YQ= =x', '\\u00e9', 'YQ=='.repeat(2)].map((text) => { try { return atob(text); } catch (e) { return e.name; } });
  return [failures, [...new Set(refused)], atob(' Y\\tQ\\n=\\f=\\r'), atob('YR'), atob('')];`, [[], ['InvalidCharacterError'], 'a', 'a', '']));

test('text of every size goes to UTF-8 and back, also where pieces of it cross to the host', () => {
  const runtime = new Runtime();
  // Around the size of the pieces, so that a pair would be cut in two.
  for (const text of ['a'.repeat(2047), 'a'.repeat(2048), `${'a'.repeat(21844)}\u{1f600}${'b'.repeat(3000)}`, '\u{1f600}'.repeat(40_000), `${'\u20ac'.repeat(50_000)}z`]) {
    runtime.evaluate(`globalThis.bytes = new TextEncoder().encode(${JSON.stringify(text)})`);
    assert.equal(runtime.evaluate('bytes.length'), Buffer.byteLength(text));
    assert.equal(runtime.evaluate('bytes.byteLength === bytes.buffer.byteLength || bytes.buffer.byteLength'), true);
    assert.equal(runtime.evaluate('new TextDecoder().decode(bytes)'), text);
  }
  assert.equal(runtime.evaluate("new TextDecoder().decode(new TextEncoder().encode('a'.repeat(3000) + '\\ud800')).endsWith('a\\ufffd')"), true);
});

test('random values stay random once they come from a pool', () => {
  const runtime = new Runtime();
  const ids = JSON.parse(runtime.evaluate('JSON.stringify(Array.from({ length: 500 }, () => crypto.randomUUID()))') as string) as string[];
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const values = JSON.parse(runtime.evaluate('JSON.stringify(Array.from({ length: 300 }, () => crypto.getRandomValues(new BigUint64Array(2)).join()))') as string) as string[];
  assert.equal(new Set(values).size, values.length);
});

// The stack ends at every possible depth while the tables of an encoding are made for the first time.
for (const [encoding, bytes, text] of [['big5', '0xa4, 0x40', '一'], ['gb18030', '0xd2, 0xbb', '一'], ['shift_jis', '0x88, 0xea', '一'], ['euc-kr', '0xec, 0xe9', '一'], ['euc-jp', '0xb0, 0xec', '一'], ['windows-1252', '0x80', '€']] as const) {
  test(`${encoding} decodes after the stack has ended while its tables were made`, () => {
    const runtime = new Runtime();
    runtime.evaluate(`globalThis.decode = () => new TextDecoder('${encoding}').decode(new Uint8Array([${bytes}])); globalThis.n = 0;
      (function go() { try { go(); } catch {} if (n++ < 1500) try { decode(); } catch {} })();`);
    assert.equal(runtime.evaluate('decode()'), text);
  });
}
