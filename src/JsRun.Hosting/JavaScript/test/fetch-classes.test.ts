import assert from 'node:assert/strict';
import test from 'node:test';
import { Runtime } from './runtime.ts';

const run = (body: string): Promise<unknown> => new Runtime().run(body);

test('a record of headers is read completely, in WebIDL\'s order, before a mistake is reported', async () => {
  assert.deepEqual(await run(`
    const log = [];
    const record = new Proxy({ good: '1', 'b d': '2', last: '3' }, {
      getPrototypeOf() { log.push('prototype'); return Object.prototype; },
      has(t, k) { log.push('has ' + String(k)); return k in t; },
      ownKeys(t) { log.push('keys'); return Reflect.ownKeys(t); },
      getOwnPropertyDescriptor(t, k) { log.push('descriptor ' + k); return Reflect.getOwnPropertyDescriptor(t, k); },
      get(t, k) { log.push('get ' + String(k)); return t[k]; },
    });
    try { new Headers(record); } catch (e) { log.push(e.name); }
    return log;
  `), ['get Symbol(Symbol.iterator)', 'keys', 'descriptor good', 'get good', 'descriptor b d', 'get b d', 'descriptor last', 'get last', 'TypeError']);
});

test('headers are combined, sorted and trimmed; cookies stay apart', async () => {
  assert.deepEqual(await run(`
    const headers = new Headers([['B', ' 1\\t'], ['a', '2'], ['b', '3'], ['Set-Cookie', 'x'], ['set-cookie', 'y']]);
    headers.set('B', '4');
    headers.append('c', '');
    return [[...headers], headers.get('SET-COOKIE'), headers.getSetCookie(), headers.has('C')];
  `), [[['a', '2'], ['b', '4'], ['c', ''], ['set-cookie', 'x'], ['set-cookie', 'y']], 'x, y', ['x', 'y'], true]);
});

for (const [what, script] of Object.entries({
  'a name with a space': "headers.set('a b', 'x')", 'a line break': "headers.set('a', 'x\\ny')", 'a null': "headers.set('a', '\\0')", 'a wide character': "headers.append('a', '\\u0100')",
  'an empty name': "headers.get('')", 'a triple': "new Headers([['a', 'b', 'c']])", 'a string': "new Headers('a')", 'null': 'new Headers(null)', 'a symbol': "new Headers({ [Symbol('x')]: '1' })",
})) {
  test(`headers refuse ${what}`, async () => {
    assert.equal(await run(`const headers = new Headers(); try { ${script}; return 'taken'; } catch (e) { return e.name; }`), 'TypeError');
  });
}

test('the message about a header does not contain its value', async () => {
  assert.doesNotMatch(String(await run("try { new Headers({ authorization: 'secret\\u0100' }); } catch (e) { return e.message; }")), /secret/);
});

const form = [
  'preamble to be passed over', '--b', 'Content-Disposition: form-data; name="text"', '', 'line 1', '--c', '--b ', 'content-disposition: form-data; name="file"; filename="a%22.txt"', 'Content-Type: text/x', '',
  'ä\r', '--b', 'Content-Disposition: form-data; name="empty"; filename=""', '', '', '--b--', 'epilogue',
].join('\r\n');

for (const size of [1, 2, 3, 7, 1000]) {
  test(`a form that comes in chunks of ${size} bytes is parsed`, async () => {
    assert.deepEqual(await run(`
      const bytes = new TextEncoder().encode(${JSON.stringify(form)});
      let at = 0;
      const body = new ReadableStream({ pull(c) { if (at >= bytes.length) c.close(); else c.enqueue(bytes.slice(at, at += ${size})); } });
      const form = await new Response(body, { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData();
      const file = form.get('file');
      return [form.get('text'), file.name, file.type, await file.text(), form.get('empty').size, form.get('empty').type, [...form.keys()]];
    `), ['line 1\r\n--c', 'a".txt', 'text/x', 'ä\r', 0, 'text/plain', ['text', 'file', 'empty']]);
  });
}

for (const [what, body] of Object.entries({
  'that ends early': '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b\r\n',
  'without a boundary': 'x',
  'with a part without a name': '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--',
  'with another disposition': '--b\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--b--',
  'with junk behind a boundary': '--bb\r\n\r\n\r\n--b--',
  'with something behind a quoted name': '--b\r\nContent-Disposition: form-data; name="a"b\r\n\r\nx\r\n--b--',
  'with endless headers': `--b\r\nx: ${'y'.repeat(20_000)}`,
})) {
  test(`a form ${what} is refused`, async () => {
    assert.match(String(await run(`return new Response(${JSON.stringify(body)}, { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData().then(() => 'taken', (e) => e.name + ': ' + e.message);`)), /^TypeError: The body is not valid multipart/);
  });
}

for (const [header, name] of Object.entries({
  'name="f"; filename="na\\".txt"': 'na".txt',
  'filename="C:\\dir\\"; name="f"': 'C:\\dir\\',
  'name="f"; filename="C:\\dir\\"': 'C:\\dir\\',
  'name="f"; filename="a\\b.txt"': 'a\\b.txt',
  'name="f"; filename=bare.txt; filename*=UTF-8\'\'other.txt': 'bare.txt',
})) {
  test(`the file name of ${header}`, async () => {
    const body = `--b\r\nContent-Disposition: form-data; ${header}\r\n\r\nx\r\n--b--`;
    assert.equal(await run(`return (await new Response(${JSON.stringify(body)}, { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData()).get('f').name;`), name);
  });
}

test('a form whose content type is none is refused after the body was read', async () => {
  assert.deepEqual(await run("const r = new Response('a=1'); return [await r.formData().catch((e) => e.name), r.bodyUsed];"), ['TypeError', true]);
});

test('a large form is sent piece by piece, with its length', async () => {
  const runtime = new Runtime();
  runtime.evaluate("const form = new FormData(); form.append('f', new File([new Uint8Array(400_000)], 'f')); fetch('http://up/', { method: 'POST', body: form });");
  const sent = runtime.calls.find(([, call]) => call === 1);
  assert.equal(runtime.fetches[0]!.kind, 3);
  assert.equal(typeof sent![7], 'number');
  assert.ok((sent![7] as number) > 400_000);
  assert.equal(runtime.written.get(-1)!.text.length, sent![7]);
});

test('the constructor of a request reads its arguments in order, and its messages name the mistake', async () => {
  assert.deepEqual(await run(`
    const failed = (f) => { try { f(); return 'taken'; } catch (e) { return e.name; } };
    const url = 'http://a/';
    return [
      failed(() => new Request('/relative')), failed(() => new Request('http://u:p@a/')), failed(() => new Request(url, { method: 'TRACE' })), failed(() => new Request(url, { method: 'a b' })),
      failed(() => new Request(url, { body: 'x' })), failed(() => new Request(url, { mode: 'navigate' })), failed(() => new Request(url, { redirect: 'x' })), failed(() => new Request(url, { signal: {} })),
      failed(() => new Request(url, { method: 'POST', body: new ReadableStream() })), failed(() => new Request(url, { window: 1 })), failed(() => new Request(url, { method: 'patch' })),
      new Request(url, { method: 'post' }).method, new Request(url, { method: 'patch' }).method, new Request('http://A/x y#f').url,
    ];
  `), [...Array.from({ length: 10 }, () => 'TypeError'), 'taken', 'POST', 'patch', 'http://a/x%20y#f']);
});

test('a request made of another has its signal, its headers and, alone, its body', async () => {
  assert.deepEqual(await run(`
    const controller = new AbortController();
    const first = new Request('http://a/', { method: 'POST', body: 'text', headers: { a: '1' }, signal: controller.signal });
    const second = new Request(first, { headers: { b: '2' } });
    const third = new Request(second);
    controller.abort('why');
    return [first.bodyUsed, second.bodyUsed, [...second.headers], third.signal.reason, second.signal.aborted, third.signal !== second.signal, await third.text()];
  `), [true, true, [['b', '2']], 'why', true, true, 'text']);
});

test('arguments that a response cannot have are refused', async () => {
  assert.deepEqual(await run(`
    const failed = (f) => { try { f(); return 'taken'; } catch (e) { return e.name; } };
    return [
      failed(() => new Response('', { status: 204 })), failed(() => new Response(null, { status: 199 })), failed(() => new Response(null, { statusText: '\\n' })), failed(() => Response.redirect('http://[')),
      failed(() => Response.redirect('http://a/', 200)), failed(() => Response.json(undefined)), failed(() => Response.error().headers.set('a', 'b')), failed(() => Response.redirect('http://a/').headers.set('a', 'b')),
      Response.redirect('http://a/b').headers.get('location'), Response.error().type, new Response(null, { status: 204 }).body,
    ];
  `), ['TypeError', 'RangeError', 'TypeError', 'TypeError', 'RangeError', 'TypeError', 'TypeError', 'TypeError', 'http://a/b', 'error', null]);
});

test('header names are sent as they were written first, and shown in lower case', async () => {
  const runtime = new Runtime();
  runtime.evaluate("const headers = new Headers({ 'X-One': '1', constructor: '2' }); headers.append('x-ONE', '3'); headers.set('Gone', '4'); headers.delete('gone'); headers.set('gone', '5'); fetch(new Request('http://up/', { headers }).clone());");
  assert.match(runtime.fetches[0]!.headers, /X-One\n1, 3\n/);
  assert.match(runtime.fetches[0]!.headers, /constructor\n2\n/);
  assert.match(runtime.fetches[0]!.headers, /gone\n5\n/);
  assert.equal(runtime.evaluate("[...headers.keys()].join()"), 'constructor,gone,x-one');
});

test('a header with a line feed is refused, even if user code has changed RegExp', () => {
  const runtime = new Runtime();
  assert.equal(runtime.evaluate(`RegExp.prototype.exec = () => null; String.prototype.replace = function () { return String(this); }; RegExp.prototype.test = () => true;
    const h = new Headers(); try { h.append('x-a', 'a\\nset-cookie\\nevil=1'); 'taken'; } catch (e) { e.name; }`), 'TypeError');
});
