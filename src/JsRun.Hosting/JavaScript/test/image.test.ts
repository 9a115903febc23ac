// Images of functions, built and restored in one realm: what the top level may do, and the reasons against an image.
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { compile } from '../src/compiler/compile.ts';
import { EntryOp, HostOp } from '../src/kernel/ops.ts';
import { bundle, type Enter, turn } from './runtime.ts';

const url = 'file:///handler.js';
const settings = (more: object = {}): string => JSON.stringify({ surface: 'Contained', env: {}, maxTimers: 100, maxConsoleBytes: 100_000, maxWasmBytes: 1 << 20, ...more });

/** The same as in Images/ImageScripts.cs. */
async function build(source: string, surface = 'Contained'): Promise<{ context: vm.Context; answer: string }> {
  const context = vm.createContext({});
  bundle.runInContext(context);
  // What V8 leaves out of a context that is built for an image.
  vm.runInContext('delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer; delete globalThis.Float16Array; delete Promise.try; delete Error.stackTraceLimit; delete Error.isError', context);
  vm.runInContext(`const secret = __jsrun.image(${JSON.stringify(settings({ surface }))})`, context);
  const compiled = compile(source, url);
  vm.runInContext(`${compiled.code}\n.__jsrunModule`, context);
  vm.runInContext(`secret.evaluate(${JSON.stringify(JSON.stringify({ modules: [{ url, kind: 'js', shape: compiled.shape }] }))}, ${JSON.stringify(url)})`, context);
  await turn();
  return { context, answer: vm.runInContext('secret.seal()', context) as string };
}

async function restore(source: string, surface = 'Contained', env: object = {}): Promise<{ context: vm.Context; calls: unknown[][]; enter: Enter }> {
  const { context, answer } = await build(source, surface);
  assert.deepEqual(JSON.parse(answer), { handles: true });
  const calls: unknown[][] = [];
  const take = vm.runInContext('(() => { const take = this.__jsrun; delete this.__jsrun; return take; })()', context) as (host: unknown) => Enter;
  const enter = take((...call: unknown[]) => {
    if (call[0] !== HostOp.AttachNative) calls.push(call);
    return 0;
  });
  enter(EntryOp.Configure, settings({ surface, env }));
  return { context, calls, enter };
}

const handler = (body: string, before = ''): string => `${before}\nexport default { fetch(request, env) { ${body} } };`;

async function answerOf(source: string, env: object = {}): Promise<unknown> {
  const { calls, enter } = await restore(source, 'Contained', env);
  enter(EntryOp.HandleRequest, 1, url, 'GET', 'http://localhost/', '', -1, '', 'r1');
  await turn();
  await turn();
  const found = calls.find(([op]) => op === HostOp.Respond || op === HostOp.HandlerFailed);
  assert.equal(found?.[0], HostOp.Respond, JSON.stringify(found));
  return found![6];
}

test('a function goes on where its image ends', async () => {
  assert.equal(await answerOf(handler('return new Response(`${++count} ${greet(env.NAME)}`)', 'let count = 41; class A { #x = "hello"; say(n) { return `${this.#x} ${n}` } } const greet = (n) => new A().say(n);'), { NAME: 'you' }), '42 hello you');
});

test('a top level that awaits what settles by itself is imaged', async () => {
  assert.equal(await answerOf(handler('return new Response(String(value))', 'const value = await Promise.resolve(7);')), '7');
});

test('a top level that encodes and decodes long text needs no host', async () => {
  // As bundles of React do.
  const top = "const text = 'grüße '.repeat(5000); const bytes = new TextEncoder().encode(text); const back = new TextDecoder().decode(bytes);";
  assert.equal(await answerOf(handler('return new Response(`${bytes.length} ${back === text}`)', top)), '40000 true');
});

test('env comes after the restore', async () => {
  const { context } = await build(handler('return new Response(env.SECRET)'));
  assert.equal(vm.runInContext('typeof __jsrun', context), 'function');
});

const against: [name: string, code: string, reason: RegExp][] = [
  ['a timer', 'setTimeout(() => {}, 1)', /starts a timer/],
  ['fetch', 'fetch("http://a/").catch(() => {})', /calls fetch/],
  ['random values', 'try { crypto.getRandomValues(new Uint8Array(1)) } catch {}', /random values/],
  ['a UUID', 'try { crypto.randomUUID() } catch {}', /random values/],
  ['Math.random', 'Math.random()', /Math\.random/],
  ['Date.now', 'const { now } = Date; now()', /Date\.now/],
  ['new Date', 'new Date()', /reads the clock \(Date\)/],
  ['a subclass of Date', 'class D extends Date {} new D()', /reads the clock \(Date\)/],
  ['performance', 'try { performance.now() } catch {}', /reads the clock/],
  ['WebAssembly', 'typeof WebAssembly', /uses WebAssembly/],
  ['what is newer than the snapshot', 'Promise.try', /uses Promise\.try/],
  ['a polyfill of it', 'Promise.try = (f) => f()', /uses Promise\.try/],
  ['a definition of it', 'Object.defineProperty(Promise, "try", { value: 1 })', /of its own at Promise\.try/],
  ['an await that does not settle', 'await new Promise(() => {})', /has not ended/],
  ['an error', 'throw new RangeError("broken")', /threw: broken/],
  ['a changed built-in', 'Function.prototype.bind = () => 1', /changes the built-in 'bind'/],
  ['a replaced global', 'globalThis.Promise = class extends Promise {}', /changes the built-in 'Promise'/],
  ['a polluted prototype', 'Object.prototype.extra = 1', /changes Object\.prototype/],
  ['a frozen built-in', 'Object.freeze(Promise)', /Promise/],
  ['a name of the engine\'s', 'Object.defineProperty(globalThis, "isHostObjectKey", { set() {} })', /defines the global 'isHostObjectKey'/],
  ['the name under which V8\'s abilities are handed over', 'Object.defineProperty(globalThis, "__jsrunNative", { value: [] })', /defines the global '__jsrunNative'/],
  ['a locale', 'new Intl.Locale("en")', /Intl\.Locale/],
  ['the time as text', 'new Intl.DateTimeFormat("en").format()', /reads the clock/],
];
against.push(
  ['something at SharedArrayBuffer', 'globalThis.SharedArrayBuffer = 7;', /something of its own at SharedArrayBuffer/],
  ['nothing at SharedArrayBuffer', 'delete globalThis.SharedArrayBuffer;', /something of its own at SharedArrayBuffer/],
  ['something at Atomics', 'globalThis.Atomics = 7;', /changes the built-in 'Atomics'/],
  ['an accessor at SharedArrayBuffer', 'Object.defineProperty(globalThis, "SharedArrayBuffer", { get() { return 7; }, configurable: true });', /something of its own at SharedArrayBuffer/],
  ['a WeakRef', 'const w = new WeakRef({});', /makes a WeakRef/],
);
for (const [name, code, reason] of against) {
  test(`no image: ${name}`, async () => {
    await assert.rejects(build(handler('return new Response("")', code)), (error: Error) => reason.test(error.message));
  });
}

test('the names of the contained surface are the same in the image and afterwards', async () => {
  assert.equal(await answerOf(handler('return new Response([kept === SharedArrayBuffer, atomics === Atomics, e === eval, typeof SharedArrayBuffer.prototype].join())', 'const kept = SharedArrayBuffer, atomics = Atomics, e = eval;')), 'true,true,true,object');
});

test('errors of the top level have a stack', async () => {
  assert.equal(await answerOf(handler('return new Response([kept.stack, own.stack].join("|"))',
    'const kept = new TypeError("early"); const own = new Error("x"); own.stack = "mine";')), 'TypeError: early|mine');
});

test('WeakRef is the original in a restored context', async () => {
  assert.equal(await answerOf(handler('return new Response(String([new WeakRef(request).deref() === request, WeakRef.name, WeakRef.prototype.constructor === WeakRef]))', 'void typeof WeakRef;')), 'true,WeakRef,true');
});

test('Date and Math.random are the originals in a restored context', async () => {
  assert.equal(await answerOf(handler('return new Response(String([kept() === Date, new Date(5).getTime(), Date.now() > 1e12, random() !== Math.random(), new Date() instanceof Date, new Date().constructor === Date].join()))', 'const D = Date; const { random } = Math; const kept = () => D;')), 'true,5,true,true,true,true');
});

test('replacements that no script has read leave no trace', async () => {
  const { context } = await restore(handler('return new Response("")'));
  const plain = vm.createContext({});
  for (const expression of ['Date.toString()', 'Math.random.toString()', 'Date.prototype.constructor.toString()', 'Intl.NumberFormat.toString()', 'Object.keys(Object.getOwnPropertyDescriptors(globalThis).Date).join()']) {
    assert.equal(vm.runInContext(expression, context), vm.runInContext(expression, plain), expression);
  }
  assert.equal(vm.runInContext("['try'].filter((k) => k in Promise).join() + typeof Atomics.add", context), 'function');
});

test('Intl objects of the top level work after the restore', async () => {
  assert.equal(await answerOf(handler('return new Response([money.format(1234.5), format(2), sort(["b", "a"]), top, big.format(1), plural.select(1), money.format === money.format, money instanceof Intl.NumberFormat, new Intl.NumberFormat("de").format(1.5)].join("|"))', `
    const options = { style: 'currency', currency: 'EUR' };
    const money = new Intl.NumberFormat('en', options);
    options.currency = 'USD';
    const { format } = new Intl.NumberFormat('de', { minimumFractionDigits: 2 });
    const { compare } = new Intl.Collator('en');
    const sort = (items) => items.sort(compare).join('');
    const top = new Intl.NumberFormat('en').format(1e6);
    class Big extends Intl.NumberFormat { constructor() { super('en', { minimumIntegerDigits: 3 }) } }
    const big = new Big();
    const plural = Intl.PluralRules ? new Intl.PluralRules('en') : undefined;`)), '€1,234.50|2,00|ab|1,000,000|001|one|true|true|1,5');
});

test('a temporary property of Object.prototype does not get into descriptors', async () => {
  const top = (name: string) => `Object.prototype.${name} = () => 1; const money = new Intl.NumberFormat('en'); const { now } = Date; const at = () => now(); void Promise.prototype.then; delete Object.prototype.${name};`;
  for (const name of ['get', 'set', 'value', 'writable']) assert.equal(await answerOf(handler('return new Response(money.format(1e6) + (at() > 1e12))', top(name))), '1,000,000true', name);
});

test('Intl refuses invalid arguments at the top level as it does elsewhere', async () => {
  assert.equal(await answerOf(handler('return new Response(error)', 'let error; try { new Intl.NumberFormat("en", { style: "currency" }) } catch (e) { error = e.name }')), 'TypeError');
});

test('the console of the top level is written by every context', async () => {
  const { calls } = await restore(handler('return new Response("")', 'console.warn("up")'));
  assert.deepEqual(calls, [[HostOp.Log, 3, 'up']]);
});

test('an assigned stackTraceLimit is there after the restore', async () => {
  assert.equal(await answerOf(handler('return new Response(String(Error.stackTraceLimit))', 'Error.stackTraceLimit = 3;')), '3');
});

test('no helper of the build is left', async () => {
  const { context } = await restore(handler('return new Response("")'));
  assert.equal(vm.runInContext("Reflect.ownKeys(globalThis).filter((k) => String(k).includes('jsrun')).join() + typeof (function* () {}).__jsrunModule", context), 'undefined');
});

test('the contained surface is closed before the top level runs', async () => {
  assert.equal(await answerOf(handler('return new Response(seen)', 'let seen = typeof eval + typeof Atomics + typeof SharedArrayBuffer; try { new Function("") } catch (e) { seen += e.name }')), 'functionobjectfunctionEvalError');
});

test('a restored context in which a script has taken the name of V8\'s abilities runs nothing, and shows it nothing', async () => {
  const { context } = await build(handler('return new Response("ran")'));
  // What building an image refuses, were it to get into one by a way that nobody thought of.
  vm.runInContext('var seen = []; Object.defineProperty(globalThis, "__jsrunNative", { set(value) { seen.push(value); }, get() { return []; } })', context);
  const calls: unknown[][] = [];
  const take = vm.runInContext('__jsrun', context) as (host: unknown) => Enter;
  const enter = take((...call: unknown[]) => void calls.push(call));
  enter(EntryOp.Configure, settings());
  enter(EntryOp.HandleRequest, 1, url, 'GET', 'http://localhost/', '', -1, '', 'r1');
  await turn();
  assert.match(String(calls.find(([op]) => op === HostOp.Report)?.[2]), /__jsrunNative.*taken by a script/);
  assert.ok(!calls.some(([op]) => op === HostOp.AttachNative || op === HostOp.Respond));
  assert.equal(vm.runInContext('seen.length', context), 0);
});
