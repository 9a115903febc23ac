// What two instances can both reach before their own code has run must be frozen, and of a kind without a state inside. The test makes one of everything that a script can make, calls every getter,
// and follows every property and prototype: it fails if a web API is added and not hardened.
import assert from 'node:assert/strict';
import test from 'node:test';
import { types } from 'node:util';
import { NativeParts } from '../../src/kernel/native.ts';
import { GLOBAL_NAMES } from '../../src/linker/global-names.ts';
import { Runtime } from '../runtime.ts';

/** Scripts that each make one object. Names of interfaces are added below: a new interface fails here until it is known how one is made. */
const makers: Record<string, string> = {
  Error: "new Error('x')", AggregateError: 'new AggregateError([])', captured: '(() => { const a = {}; Error.captureStackTrace(a); return a; })()',
  Headers: "new Headers({ a: 'b' })", headersIterator: 'new Headers().entries()', URLSearchParams: "new URLSearchParams('a=1')", paramsIterator: 'new URLSearchParams().keys()',
  FormData: 'new FormData()', formIterator: 'new FormData().values()', URL: "new URL('http://a/b?c')", Request: "new Request('http://a/', { method: 'POST', body: 'x' })", Response: "new Response('x')",
  ReadableStream: 'new ReadableStream()', streamIterator: 'new ReadableStream().values()', ReadableStreamDefaultReader: 'new ReadableStream().getReader()', tee: 'new ReadableStream().tee()',
  ReadableStreamDefaultController: '(() => { let c; new ReadableStream({ start(x) { c = x; } }); return c; })()',
  ReadableByteStreamController: "(() => { let c; new ReadableStream({ type: 'bytes', start(x) { c = x; } }); return c; })()",
  ReadableStreamBYOBReader: "new ReadableStream({ type: 'bytes' }).getReader({ mode: 'byob' })",
  ReadableStreamBYOBRequest: "await new Promise((done) => { new ReadableStream({ type: 'bytes', pull(c) { done(c.byobRequest); } }).getReader({ mode: 'byob' }).read(new Uint8Array(1)); })",
  WritableStream: 'new WritableStream()', WritableStreamDefaultWriter: 'new WritableStream().getWriter()',
  WritableStreamDefaultController: '(() => { let c; new WritableStream({ start(x) { c = x; } }); return c; })()',
  TransformStream: 'new TransformStream()', TransformStreamDefaultController: '(() => { let c; new TransformStream({ start(x) { c = x; } }); return c; })()',
  CountQueuingStrategy: 'new CountQueuingStrategy({ highWaterMark: 1 })', ByteLengthQueuingStrategy: 'new ByteLengthQueuingStrategy({ highWaterMark: 1 })',
  AbortController: 'new AbortController()', AbortSignal: 'AbortSignal.any([])', Event: "new Event('x')", CustomEvent: "new CustomEvent('x')", ErrorEvent: "new ErrorEvent('x')",
  MessageEvent: "new MessageEvent('x')", CloseEvent: "new CloseEvent('x')", PromiseRejectionEvent: "new PromiseRejectionEvent('x', { promise: Promise.resolve() })", EventTarget: 'new EventTarget()',
  dispatched: "(() => { let e; const t = new EventTarget(); t.addEventListener('x', (x) => { e = x; }); t.dispatchEvent(new Event('x')); return e; })()",
  Blob: "new Blob(['x'])", File: "new File(['x'], 'y')", TextEncoder: 'new TextEncoder()', TextDecoder: 'new TextDecoder()', TextEncoderStream: 'new TextEncoderStream()', TextDecoderStream: 'new TextDecoderStream()',
  CompressionStream: "new CompressionStream('gzip')", DecompressionStream: "new DecompressionStream('gzip')", DOMException: "new DOMException('x')", QuotaExceededError: "new QuotaExceededError('x')",
  Crypto: 'crypto', SubtleCrypto: 'crypto.subtle', CryptoKey: "await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt'])",
  Performance: 'performance', PerformanceEntry: "performance.mark('q')", PerformanceMark: "new PerformanceMark('q')", PerformanceMeasure: "performance.measure('q')",
  PerformanceObserver: 'new PerformanceObserver(() => {})',
  PerformanceObserverEntryList: "await new Promise((done) => { new PerformanceObserver(done).observe({ type: 'mark' }); performance.mark('r'); })",
  Navigator: 'navigator', CacheStorage: 'caches', Cache: 'caches.default', MessageChannel: 'new MessageChannel()', MessagePort: 'new MessageChannel().port1',
  BroadcastChannel: "new BroadcastChannel('x')", EventSource: "new EventSource('http://a/')", WebSocket: "new WebSocket('ws://a/')", URLPattern: "new URLPattern({ pathname: '/x' })",
  patternResult: "new URLPattern({ pathname: '/:x' }).exec('http://a/b')",
  iteratorFrom: 'Iterator.from({ next() {} })', iteratorHelper: '[].values().map((x) => x)', segments: "new Intl.Segmenter().segment('a')", segmentIterator: "new Intl.Segmenter().segment('a')[Symbol.iterator]()",
  NumberFormat: "new Intl.NumberFormat('en')", DateTimeFormat: "new Intl.DateTimeFormat('en')", Collator: "new Intl.Collator('en')", Locale: "new Intl.Locale('en')",
  Memory: 'new WebAssembly.Memory({ initial: 1 })', Table: "new WebAssembly.Table({ initial: 1, element: 'anyfunc' })", Global: "new WebAssembly.Global({ value: 'i32' })",
  Module: 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))',
  FinalizationRegistry: 'new FinalizationRegistry(() => {})', generator: '(function* () {})()', asyncGenerator: '(async function* () {})()', arguments: '(function () { return arguments; })()',
  asyncFunction: '(async () => {})', Date: 'new Date()', RegExp: "/x/d.exec('x')", Promise: 'Promise.resolve()', resolvers: 'Promise.withResolvers()', revocable: 'Proxy.revocable({}, {})',
  Map: 'new Map().entries()', Set: 'new Set().values()', strings: "''[Symbol.iterator]()", matches: "'a'.matchAll(/a/g)", WeakRef: 'new WeakRef({})', meta: 'import.meta', namespace: 'import("file:///handler.js")',
  host: 'structuredClone({ a: [new Map([[1, new Date()]])] })', parsed: "JSON.parse('{}')", env: 'env', context: 'ctx', request: 'request', requestSignal: 'request.signal', console: 'console',
};

const walk = `
const seen = new Set(), waiting = [], left = [];
const add = (value, from) => { if ((typeof value === 'object' && value !== null || typeof value === 'function') && !seen.has(value)) { seen.add(value); waiting.push([value, from]); left.push([value, from]); } };
const made = {};
MAKERS
add(globalThis, 'globalThis');
for (const name in made) add(made[name], name);
while (waiting.length > 0) {
  const [object, from] = waiting.pop();
  for (const key of Reflect.ownKeys(object)) {
    const d = Reflect.getOwnPropertyDescriptor(object, key);
    add(d.value, from + '.' + String(key)); add(d.get, from + '.get ' + String(key)); add(d.set, from + '.set ' + String(key));
  }
  for (let holder = object; holder !== null; holder = Reflect.getPrototypeOf(holder)) {
    for (const key of Reflect.ownKeys(holder)) {
      const { get } = Reflect.getOwnPropertyDescriptor(holder, key);
      if (get !== undefined) try { const value = Reflect.apply(get, object, []); if (from.length < 200) add(value, from + '.' + String(key) + '()'); if (typeof value?.catch === 'function') value.catch(() => {}); } catch {}
    }
  }
  add(Reflect.getPrototypeOf(object), from + '.__proto__');
}
reached(left);
return new Response(Object.keys(made).join());`;

function stateInside(value: object): boolean {
  return types.isProxy(value) || types.isMap(value) || types.isSet(value) || types.isWeakMap(value) || types.isWeakSet(value) || types.isDate(value) || types.isRegExp(value)
    || types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value) || types.isPromise(value) || types.isGeneratorObject(value) || types.isMapIterator(value) || types.isSetIterator(value);
}

test('what two instances can both reach is frozen, and has no state inside', async () => {
  const runtime = new Runtime({ surface: 'Contained', hardened: true }, NativeParts.Frames);
  runtime.onCrypto = () => 0;
  const found: [object, string][][] = [];
  const source = Object.entries(makers).map(([name, code]) => `try { made[${JSON.stringify(name)}] = ${code}; } catch (error) { made[${JSON.stringify(name)}] = error; }`).join('\n');
  await runtime.module('file:///handler.js', `export default { async fetch(request, env, ctx) { ${walk.replace('MAKERS', () => source)} } };`, { reached: (left: [object, string][]) => { found.push(left); } });

  for (const lease of [1, 2]) {
    await runtime.send({}, lease);
    for (let i = 0; found.length < lease && i < 50; i++) await runtime.pass(5);
    assert.equal(found.length, lease, runtime.failures.get(lease)?.message);
    runtime.release(lease);
  }

  const [first, second] = found.map((left) => new Map(left)) as [Map<object, string>, Map<object, string>];
  const shared = [...first].filter(([object]) => second.has(object));
  assert.ok(shared.length > 1000, `only ${shared.length} objects are shared`);
  assert.deepEqual(shared.filter(([object]) => !Object.isFrozen(object)).map(([, from]) => from), []);
  assert.deepEqual(shared.filter(([object]) => stateInside(object)).map(([, from]) => from), []);
});

test('the walk makes one of each interface', () => {
  // Namespaces, functions, abstract and primitive types, and what the walk reaches through another.
  const others = new Set(('Array ArrayBuffer AsyncContext AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView DisposableStack Float16Array Float32Array Float64Array Function Int16Array Int32Array Int8Array '
    + 'Intl Iterator JSON Math Number Object Proxy Reflect SharedArrayBuffer String Symbol Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet WebAssembly EvalError RangeError ReferenceError SuppressedError SyntaxError '
    + 'TypeError URIError').split(' '));
  const missing = GLOBAL_NAMES.filter((name) => /^[A-Z]/.test(name) && !others.has(name) && !Object.hasOwn(makers, name));

  assert.deepEqual(missing, []);
});
