// What scripts have changed of the built-ins of an ordinary context.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EntryOp, HostOp } from '../../src/kernel/ops.ts';
import { NativeParts } from '../../src/kernel/native.ts';
import { GlobalScope } from '../../src/linker/global-names.ts';
import { Runtime } from '../runtime.ts';

async function compare(top: string): Promise<unknown[]> {
  const runtime = new Runtime({ surface: 'Contained', watched: true }, NativeParts.Frames);
  await runtime.module('file:///f.js', `${top}\nexport default { fetch() { return new Response('x'); } };`);
  assert.deepEqual(runtime.reports, []);
  runtime.enter(EntryOp.CompareBuiltins, 1);
  const [, ...answer] = runtime.calls.findLast(([op]) => op === HostOp.BuiltinsCompared)!;
  return answer;
}

const changes: Record<string, string> = {
  'Array.prototype.at = () => 1;': 'Array.prototype.at',
  'Array.prototype.first = function () { return this[0]; };': 'Array.prototype.first',
  "'use strict'; try { Object.prototype.mark = 1; } catch {}": 'Object.prototype.mark',
  "Reflect.set(Promise, 'mark', 1);": 'Promise.mark',
  'Error.stackTraceLimit = 50;': 'Error.stackTraceLimit',
  'delete String.prototype.at;': 'String.prototype.at',
  "Object.defineProperty(Response.prototype, 'ok', { get: () => true });": 'Response.prototype.ok',
  "Object.defineProperty(Headers.prototype, 'get', { enumerable: false });": 'Headers.prototype.get',
  'Headers.prototype[Symbol.iterator] = null;': 'Headers.prototype[Symbol.iterator]',
  'Object.setPrototypeOf(URL, null);': 'the prototype of URL',
  'Object.preventExtensions(Math);': 'Math',
  'fetch.mark = 1;': 'fetch.mark',
  'console.log.mark = 1;': 'console.log.mark',
  'Object.getPrototypeOf(console).mark = 1;': 'Object.getPrototypeOf(console).mark',
  'Object.getPrototypeOf(new Headers().entries()).next = null;': 'Object.getPrototypeOf([object Headers Iterator]).next',
  'Object.getPrototypeOf((async () => {})).mark = 1;': 'AsyncFunction',
  'crypto.subtle.mark = 1;': 'crypto.subtle.mark',
  'WebAssembly.mark = 1;': 'WebAssembly.mark',
  "Object.getOwnPropertyDescriptor(Event.prototype, 'type').get.mark = 1;": 'the getter of Event.prototype.type.mark',
};

for (const [top, name] of Object.entries(changes)) {
  test(`finds what a top level changes: ${top}`, async () => {
    const [call, change] = await compare(top);

    assert.equal(call, 1);
    if (name === 'AsyncFunction') assert.notEqual(change, '');
    else assert.equal(change, name);
  });
}

const harmless = `
  globalThis.mine = 1; console.mine = 1; console.log = () => {}; performance.mark('x'); performance.mine = 1; globalThis.onerror = () => {}; addEventListener('x', () => {});
  class Sub extends Response { json() {} } const response = new Sub('x'); response.text = () => {}; const own = [1]; own.at = 1; crypto.randomUUID(); crypto.subtle.digest('SHA-256', new Uint8Array(1)).catch(() => {});
  new Request('http://a/', { method: 'POST', body: new FormData() }).text(); new ReadableStream({ type: 'bytes' }).tee(); structuredClone({ a: [1] }); new TextDecoder('gbk'); new URLPattern({ pathname: '/:x' });
  new MessageChannel().port1.onmessage = () => {}; setTimeout(() => {}, 1); /k(.*)/.exec('kx'); typeof WebAssembly.Module; [].values().map((x) => x); new Intl.Segmenter().segment('a'); caches.open('x').catch(() => {}); navigator.userAgent;
  import('./none.js').catch(() => {}); new Error('x').stack; queueMicrotask(() => {}); AbortSignal.timeout(5); new EventSource('http://a/').close(); new CompressionStream('gzip'); new BroadcastChannel('x').close();`;

test('takes nothing for a change that belongs to the function alone', async () => {
  assert.deepEqual(await compare(harmless), [1, '', GlobalScope.Direct]);
});

const scopes: [string, GlobalScope][] = [
  ["globalThis.mine = 1; globalThis.window = globalThis;", GlobalScope.Direct],
  ["setTimeout = () => {};", GlobalScope.Variables],
  ["globalThis['fet' + 'ch'] = () => {};", GlobalScope.Variables],
  ["delete globalThis.fetch;", GlobalScope.Object],
  ["Object.defineProperty(globalThis, 'fetch', { get: () => 1, configurable: true });", GlobalScope.Object],
];

for (const [top, scope] of scopes) {
  test(`finds how globals have to be compiled: ${top}`, async () => {
    assert.deepEqual(await compare(top), [1, '', scope]);
  });
}
