import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { bundle, Runtime } from './runtime.ts';

const interfaces = `AbortController AbortSignal Event EventTarget CustomEvent ErrorEvent MessageChannel MessageEvent MessagePort PromiseRejectionEvent DOMException Headers Request Response FormData Blob File
  ByteLengthQueuingStrategy CountQueuingStrategy ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader
  TransformStream TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter TextDecoder TextDecoderStream TextEncoder TextEncoderStream URL URLSearchParams
  URLPattern Crypto CryptoKey SubtleCrypto QuotaExceededError Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList Navigator`.split(/\s+/);
const operations = 'atob btoa clearInterval clearTimeout setInterval setTimeout queueMicrotask reportError structuredClone fetch'.split(' ');

test('the bundle evaluates without clock, randomness, Intl or host', () => {
  const context = vm.createContext({});
  vm.runInContext(`(() => {
    const forbidden = (name) => { throw new Error(name + ' while evaluating'); };
    Math.random = () => forbidden('Math.random');
    globalThis.Date = new Proxy(Date, { construct: () => forbidden('new Date'), apply: () => forbidden('Date'), get: (t, k) => k === 'now' ? forbidden('Date.now') : t[k] });
    Object.defineProperty(globalThis, 'Intl', { get: () => forbidden('Intl') });
    for (const method of ['toLocaleString', 'toLocaleUpperCase', 'localeCompare']) String.prototype[method] = () => forbidden(method);
  })()`, context);
  bundle.runInContext(context);
});

test('the bundle evaluates where V8 leaves out what it adds to images when they are restored', async () => {
  const context = vm.createContext({});
  vm.runInContext(`for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Float16Array', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack']) delete globalThis[name];
    for (const [holder, ...names] of [[Promise, 'try'], [RegExp, 'escape'], [Error, 'isError', 'stackTraceLimit'], [Math, 'f16round', 'sumPrecise'], [Uint8Array, 'fromBase64', 'fromHex'],
      [Uint8Array.prototype, 'toBase64', 'setFromBase64', 'toHex', 'setFromHex'], [DataView.prototype, 'getFloat16', 'setFloat16'], [Map.prototype, 'getOrInsert', 'getOrInsertComputed'],
      [WeakMap.prototype, 'getOrInsert', 'getOrInsertComputed'], [globalThis.Iterator ?? {}, 'concat']]) for (const name of names) delete holder[name];`, context);
  bundle.runInContext(context);
});

test('interfaces are not enumerable, operations are', () => {
  const runtime = new Runtime();
  for (const name of interfaces) {
    assert.equal(runtime.evaluate(`const d = Object.getOwnPropertyDescriptor(globalThis, '${name}'); [typeof d.value, d.writable, d.enumerable, d.configurable, d.value.name].join()`.replace('const', 'var')), `function,true,false,true,${name}`, name);
    assert.equal(runtime.evaluate(`Object.prototype.toString.call(${name}.prototype)`), `[object ${name}]`, name);
    assert.equal(runtime.evaluate(`Object.getOwnPropertyNames(${name}.prototype).filter((k) => k !== 'constructor' && k !== 'hostException' && !Object.getOwnPropertyDescriptor(${name}.prototype, k).enumerable).join()`), '', name);
  }
  for (const name of operations) {
    assert.equal(runtime.evaluate(`var d = Object.getOwnPropertyDescriptor(globalThis, '${name}'); [typeof d.value, d.writable, d.enumerable, d.configurable, d.value.name].join()`), `function,true,true,true,${name}`, name);
  }
  assert.equal(runtime.evaluate('[self === globalThis, navigator.userAgent, typeof performance.now(), performance.toJSON().timeOrigin, onerror, onunhandledrejection, onrejectionhandled].join()'), 'true,JsRun,number,1700000000000,,,');
});

test('every function has the name of its property, whatever bundling calls it', () => {
  assert.equal(new Runtime().evaluate(`(() => {
    const seen = new Set(), wrong = [];
    const visit = (path, object) => {
      if (seen.has(object)) return;
      seen.add(object);
      for (const key of Reflect.ownKeys(object)) {
        // V8's own accessors have no name.
        if (object === Function.prototype && (key === 'arguments' || key === 'caller')) continue;
        const property = Object.getOwnPropertyDescriptor(object, key);
        const name = typeof key === 'symbol' ? '[' + key.description + ']' : key;
        for (const [kind, prefix] of [['value', ''], ['get', 'get '], ['set', 'set ']]) {
          const value = property[kind];
          if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
          if (typeof value === 'function' && key !== 'constructor' && !seen.has(value) && value.name !== prefix + name) wrong.push(path + '.' + name + ': ' + value.name);
          visit(path + '.' + name, value);
        }
      }
      if (Object.getPrototypeOf(object) !== null) visit(path + '.__proto__', Object.getPrototypeOf(object));
    };
    visit('globalThis', globalThis);
    return [seen.size > 1000, ...wrong].join('\\n');
  })()`), 'true');
});

test('the global object is an EventTarget', () => {
  const runtime = new Runtime();
  assert.equal(runtime.evaluate(`var seen = [];
    addEventListener('x', function (e) { seen.push(this === globalThis, e.target === globalThis); });
    dispatchEvent(new Event('x')); globalThis.dispatchEvent(new Event('x')); EventTarget.prototype.dispatchEvent.call(null, new Event('x'));
    [globalThis instanceof EventTarget, ...seen].join()`), 'true,true,true,true,true,true,true');
});

test('reportError fires an ErrorEvent that says where, without running getters', () => {
  const runtime = new Runtime();
  assert.equal(runtime.evaluate(`var seen = [], ran = false;
    onerror = (message, file, line, column, error) => { seen.push(message, line > 0, column > 0, typeof error); return true; };
    reportError(1); reportError(new TypeError('t')); reportError({ message: 'plain' });
    reportError({ get name() { ran = true; }, get message() { ran = true; return 'm'; }, get stack() { ran = true; }, get code() { ran = true; }, get cause() { ran = true; } });
    [...seen, ran].join('|')`), 'Uncaught 1|true|true|number|Uncaught TypeError: t|true|true|object|Uncaught plain|true|true|object|Uncaught [object Object]|true|true|object|false');
  assert.equal(runtime.reports.length, 0);
  runtime.evaluate("onerror = null; reportError({ get message() { ran = true; return 'm'; } })");
  assert.deepEqual([runtime.evaluate('ran'), runtime.reports[0]!.error.message], [false, '[object Object]']);
});

test('blob URLs carry the origin of a location that a script defines, and no other', async () => {
  assert.deepEqual(await new Runtime().run(`
    const first = URL.createObjectURL(new Blob(['a']));
    globalThis.location = { href: 'https://example.com/x' };
    const second = URL.createObjectURL(new Blob(['b']));
    const text = await (await fetch(second)).text();
    URL.revokeObjectURL(second);
    return [first.startsWith('blob:null/'), second.startsWith('blob:https://example.com/'), text, await fetch(second).catch((e) => e.name)];`), [true, true, 'b', 'TypeError']);
});

test('nothing of the machinery is left on the global object', () => {
  const runtime = new Runtime();
  assert.equal(runtime.evaluate("['__jsrun', 'Buffer', 'process', 'require'].filter((name) => name in globalThis).join()"), '');
});

test('getters and methods check their object', async () => {
  const runtime = new Runtime();
  for (const code of ['Event.prototype.type', 'AbortSignal.prototype.aborted', 'URL.prototype.href', 'URLSearchParams.prototype.size', 'Blob.prototype.size', 'File.prototype.name', 'TextDecoder.prototype.encoding',
    'Request.prototype.url', 'Response.prototype.status', 'DOMException.prototype.name', 'MessageEvent.prototype.data', 'Headers.prototype.get("x")', 'Performance.prototype.now()', 'crypto.randomUUID.call({})',
    'new AbortSignal()', 'new MessagePort()', 'new Navigator()', 'new Performance()', 'new Crypto()', 'URLSearchParams.prototype.entries()', 'new URLSearchParams().keys().next.call({})']) {
    assert.equal(runtime.evaluate(`try { ${code}; 'nothing' } catch (e) { e.name }`), 'TypeError', code);
  }
  assert.equal(await runtime.run('return Response.prototype.text().catch((e) => e.name)'), 'TypeError');
});

test('what V8 itself throws never inherits a hostException, and other objects know of none', () => {
  const runtime = new Runtime();
  for (const name of ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError']) {
    assert.equal(runtime.evaluate(`'use strict'; try { Object.defineProperty(${name}.prototype, 'hostException', { value: 1 }) } catch (e) { e.name }`), 'TypeError', name);
    assert.equal(runtime.evaluate(`Object.setPrototypeOf(${name}.prototype, { hostException: 1 }); Object.create(${name}.prototype).hostException`), undefined, name);
  }
  assert.equal(runtime.evaluate("'hostException' in {}"), false);
});
