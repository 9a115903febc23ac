// Hardened contexts: two instances share nothing but what is immutable, and each behaves as if it had a context of its own. Most tests compare: the same requests are sent to one hardened context,
// and to an ordinary context each.
import assert from 'node:assert/strict';
import test from 'node:test';
import { NativeParts } from '../../src/kernel/native.ts';
import type { KernelSettings } from '../../src/kernel/settings.ts';
import { GlobalScope } from '../../src/linker/global-names.ts';
import { Runtime } from '../runtime.ts';

const create = (hardened: boolean, settings: Partial<KernelSettings> = {}): Runtime => new Runtime({ surface: 'Contained', hardened, ...settings }, NativeParts.Frames);

async function answer(runtime: Runtime, lease: number): Promise<unknown> {
  const { body } = await runtime.send({}, lease) ?? {};
  return body ?? `failed: ${runtime.failures.get(lease)?.message}`;
}

/** What two requests receive from one hardened context. */
async function fromOne(source: string, scope?: GlobalScope): Promise<unknown[]> {
  const runtime = create(true);
  runtime.scope = scope;
  await runtime.module('file:///handler.js', source);
  const all: unknown[] = [];
  for (const lease of [1, 2]) {
    all.push(await answer(runtime, lease));
    runtime.release(lease);
  }
  return all;
}

/** What one request receives from an ordinary context. */
async function fromAnother(source: string): Promise<unknown> {
  const runtime = create(false);
  await runtime.module('file:///handler.js', source);
  return answer(runtime, 1);
}

const handler = (body: string, top = ''): string => `${top}\nexport default { async fetch(request, env, ctx) { const out = []; ${body}\nreturn Response.json(out); } };`;

/** Programs that leave something for the next request, and show what they found. */
const remnants: Record<string, string> = {
  'a variable of the module': handler('out.push(++count);', 'let count = 0;'),
  'a global': handler('out.push(typeof mark, globalThis.mark); globalThis.mark = 1; out.push(typeof mark, mark, globalThis.mark);'),
  'a property of a builtin': handler("for (const o of [Array, Array.prototype, Object.prototype, Promise, Math, JSON, Response, Headers.prototype]) { out.push(o.mark ?? null); try { o.mark = 1; } catch {} }").replace('out.push(o.mark ?? null)', 'out.push(o.mark === 1)').replace('try { o.mark = 1; } catch {}', 'try { o.mark = 1; delete o.mark; } catch {}'),
  'listeners of the global': handler("let heard = 0; addEventListener('x', () => { heard++; }); dispatchEvent(new Event('x')); out.push(heard);"),
  'onerror': handler("out.push(typeof globalThis.onerror); globalThis.onerror = () => {}; out.push(typeof onerror);"),
  'listeners of performance': handler("let heard = 0; performance.addEventListener('x', () => { heard++; }); performance.dispatchEvent(new Event('x')); out.push(heard);"),
  'marks': handler("out.push(performance.getEntriesByName('m').length); performance.mark('m'); out.push(performance.getEntriesByName('m').length);"),
  'numbers of timers': handler('const n = setTimeout(() => {}, 1e6); out.push(n); for (let i = 1; i < 100; i++) clearTimeout(i);'),
  'counts of the console': handler("console.count('a'); console.group(); console.time('t');"),
  'methods of the console': handler("out.push(typeof console.mark); console.mark = 1; console.log = () => 7; out.push(console.log(), console.mark);"),
  'properties of performance': handler('out.push(performance.mark1 ?? null); performance.mark1 = 1; out.push(performance.mark1);'),
  'env': handler('out.push(env.mark ?? null); env.mark = 1;'),
  'a shared iterator prototype': handler("const p = Object.getPrototypeOf(new Headers().entries()); out.push(p.mark ?? null); try { p.mark = 1; } catch {}").replace('p.mark = 1', 'void 0'),
  'the own accessor of errors': handler("const d = Object.getOwnPropertyDescriptor(new Error('x'), 'stack'); out.push(typeof d);"),
  'registered symbols': handler("out.push(Symbol.keyFor(Symbol.for('a')));"),
};

test('a request does not see the last match of another', async () => {
  const source = handler("out.push(RegExp.$1, RegExp.lastMatch, RegExp.input, Object.hasOwn(RegExp.prototype, 'compile')); /k(.*)/.exec('kSECRET'); RegExp.input = 'SECRET';".replace("RegExp.input = 'SECRET';", "try { RegExp.input = 'SECRET'; } catch {}"));

  assert.deepEqual(await fromOne(source), ['[null,null,null,false]', '[null,null,null,false]']);
});

for (const [name, source] of Object.entries(remnants)) {
  test(`a request finds nothing of the one before: ${name}`, async () => {
    const expected = await fromAnother(source);

    assert.deepEqual(await fromOne(source), [expected, expected]);
  });
}

/** Programs that use the global object, or change it, and show what follows. */
const globals: Record<string, string> = {
  'typeof of a missing name': handler('out.push(typeof missing, typeof globalThis.missing);'),
  'a missing name throws': handler('try { missing; } catch (e) { out.push(e.name, e.message); } try { missing = 1; } catch (e) { out.push(e.name, e.message); } try { missing(); } catch (e) { out.push(e.name); }'),
  'a global that was assigned is read bare': handler('globalThis.added = 1; out.push(added); added = 2; out.push(globalThis.added, added++, added, typeof added);'),
  'assigned at the top level': handler('out.push(regeneratorRuntime, self.regeneratorRuntime);', 'self.regeneratorRuntime = 5;'),
  'a wrapped fetch is seen by other code': handler('out.push(await fetch("x"));', 'const original = globalThis.fetch; globalThis.fetch = async (url) => "wrapped " + url + typeof original;'),
  'assignment to a bare name': handler('fetch = 1; out.push(fetch, globalThis.fetch, self.fetch);'),
  'delete': handler('out.push(delete globalThis.fetch, typeof fetch, "fetch" in globalThis, Object.keys(globalThis).includes("fetch"));'),
  'a getter': handler('let n = 0; Object.defineProperty(globalThis, "counter", { get: () => ++n, configurable: true }); out.push(counter, counter, globalThis.counter);'),
  'in': handler('out.push("fetch" in self, "missing" in self, "addEventListener" in self, "toString" in globalThis);'),
  'own': handler('out.push(Object.hasOwn(globalThis, "fetch"), Object.hasOwn(globalThis, "Array"), Object.hasOwn(globalThis, "missing"), Object.hasOwn(globalThis, "undefined"));'),
  'destructuring': handler('const { fetch: f, Array: A, missing = 3 } = globalThis; out.push(f === fetch, A === Array, missing);'),
  'bind and call': handler('const f = setTimeout.bind(globalThis); out.push(typeof f(() => {}, 1)); out.push(typeof setTimeout.call(self, () => {}, 1)); let heard = 0; const add = addEventListener.bind(self); add("x", () => { heard++; }); self.dispatchEvent(new Event("x")); out.push(heard);'),
  'instanceof': handler('out.push(self instanceof EventTarget, self instanceof Object, globalThis === self, globalThis.globalThis === self.self);'),
  'descriptors': handler('for (const n of ["fetch", "Array", "undefined", "globalThis", "console", "self", "onerror"]) { const { value, get, set, ...d } = Object.getOwnPropertyDescriptor(globalThis, n); out.push(n, d, typeof value, typeof get, typeof set); }'),
  'keys': handler('out.push(Object.keys(globalThis), Object.getOwnPropertyNames(globalThis).sort());'),
  'Object.assign': handler('Object.assign(globalThis, { a1: 1, b1: 2 }); out.push(a1 + b1, Object.keys(globalThis).slice(-2));'),
  'the prototype of the global': handler('const p = Object.getPrototypeOf(globalThis); out.push(p === Object.prototype, Object.getPrototypeOf(p) === EventTarget.prototype, typeof p.fetch);'),
  'no extensions': handler('Object.preventExtensions(globalThis); try { globalThis.x1 = 1; } catch (e) { out.push(e.name); } out.push(typeof x1, typeof fetch, Object.isExtensible(globalThis));'),
  'freezing': handler('try { Object.freeze(globalThis); } catch (e) { out.push(e.name); } out.push(Object.isFrozen(globalThis)); try { globalThis.fetch = 1; } catch (e) { out.push(e.name); } out.push(typeof fetch);'),
  'this of callbacks': handler('let t; queueMicrotask(function () { t = this; }); await null; await null; out.push(t === undefined, typeof t);'),
  'the target of events': handler('let e1; addEventListener("x", function (e) { e1 = [e.target === globalThis, e.currentTarget === globalThis, this === globalThis, e.composedPath()[0] === self]; }); dispatchEvent(new Event("x")); out.push(e1);'),
  'inheriting from the global': handler('const o = Object.create(globalThis); out.push(typeof o.fetch, o.Array === Array); o.fetch = 1; out.push(o.fetch, typeof fetch, Object.hasOwn(o, "fetch"));'),
  'a name of ClearScript': handler('out.push(typeof EngineInternal, "EngineInternal" in globalThis);'),
  'methods on instances': handler('const r = new Response("x"); r.json = () => 1; out.push(r.json()); const c = new AbortController(); c.abort = () => 2; out.push(c.abort()); const h = new Headers(); h.get = () => 3; out.push(h.get(), Object.keys(h));'),
  'methods of subclasses': handler('class R extends Response {} R.json = () => 1; R.prototype.text = () => 2; out.push(R.json(), new R().text()); class P extends Promise {} P.all = () => 3; out.push(P.all()); function S() {} S.prototype = Object.create(Object.prototype); S.prototype.toString = () => "s"; out.push(`${new S()}`);'),
  'names of errors': handler('class E extends Error { constructor(m) { super(m); this.name = "E"; } } function F() {} F.prototype = Object.create(Error.prototype); F.prototype.name = "F"; F.prototype.constructor = F; const e = new E("m"); e.message = "n"; out.push(`${e}`, new F().name, e instanceof Error);'),
  'methods on arrays': handler('const a = [1]; a.push = () => 9; out.push(a.push(2), a.length); const m = new Map(); m.get = () => 4; out.push(m.get(1));'),
  'import.meta': handler('out.push(import.meta.url);'),
  'await at the top level': handler('out.push(value);', 'const value = await new Promise((done) => { queueMicrotask(() => { done(4); }); });'),
  'math': handler('const n = Math.random(); out.push(n >= 0 && n < 1, Math.random() !== n, Math.random.name, String(Math.random));'),
  'free names in all places': handler('const o = { missing1: 1, fetch, [typeof Array]: 2 }; out.push(Object.keys(o)); class A extends EventTarget { fetch() { return typeof fetch; } static x = typeof missing1; } out.push(new A().fetch(), A.x); label: for (const Array of [1]) { out.push(Array); break label; } (function (Map) { out.push(Map); })(3); try { throw 4; } catch (Set) { out.push(Set); } out.push(`${typeof Promise}`, new globalThis.Array(2).length);', 'globalThis;'),
};

for (const [name, source] of Object.entries(globals)) {
  test(`the global object behaves as in a context of its own: ${name}`, async () => {
    const expected = await fromAnother(source);

    assert.deepEqual((await fromOne(source)).map(parsed), [parsed(expected), parsed(expected)]);
  });
  test(`also if each name is looked up: ${name}`, async () => {
    assert.deepEqual(parsed((await fromOne(source, GlobalScope.Object))[0]), parsed(await fromAnother(source)));
  });
}

const parsed = (text: unknown): unknown => { try { return JSON.parse(text as string) as unknown; } catch { return text; } };
