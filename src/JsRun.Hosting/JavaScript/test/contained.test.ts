import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { EntryOp, HostOp } from '../src/kernel/ops.ts';
import { bundle, type Enter, Runtime } from './runtime.ts';

const contained = () => new Runtime({ surface: 'Contained' });
const thrownBy = (runtime: Runtime, code: string) => runtime.evaluate(`(() => { try { ${code}; return 'nothing'; } catch (e) { return e.name; } })()`);

// Without the check each of these ends the process, and with it the test run.
for (const code of ["'a'.repeat(140e6).split('')", "'ab'.repeat(1e8).match(/b/g)", "JSON.parse('[' + '0,'.repeat(140e6) + '0]')", "'a'.repeat(134000001).split('x')",
  "new String('a'.repeat(140e6)).split('')", "String.prototype.split.call({ toString: () => 'a'.repeat(140e6) }, '')", "new String('a'.repeat(140e6)).split(/(?:)/)", "new String('a'.repeat(140e6)).match(/a/g)",
  "new String('a'.repeat(140e6)).split({ toString: () => '' })", "String.prototype.split.call(['a'.repeat(140e6)], { get [Symbol.split]() { return (this.n = !this.n) ? undefined : RegExp.prototype[Symbol.split]; }, toString: () => '' })"]) {
  test(`contained: ${code} is a RangeError`, () => { assert.equal(thrownBy(contained(), code), 'RangeError'); });
}

test('contained: split, match and JSON.parse look and work like the built-ins', () => {
  const runtime = contained();
  assert.equal(runtime.evaluate(`JSON.stringify([
    'a,b,c'.split(','), 'a,b,c'.split(',', 2), 'abc'.split(''), 'abc'.split(), 'a1b2'.split(/(\\d)/), String.prototype.split.call(123, 2),
    'abcabc'.match(/b/g), 'abc'.match('b').index, 'abc'.match().index, JSON.parse('{"a":[1,2]}', (k, v) => v === 1 ? 'one' : v), JSON.parse(12),
    [String.prototype.split, String.prototype.match, JSON.parse].map((f) => [f.name, f.length, String(f), 'prototype' in f])])`),
  JSON.stringify([['a', 'b', 'c'], ['a', 'b'], ['a', 'b', 'c'], ['abc'], ['a', '1', 'b', '2', ''], ['1', '3'], ['b', 'b'], 1, 0, { a: ['one', 2] }, 12,
    [['split', 2], ['match', 1], ['parse', 2]].map(([name, length]) => [name, length, `function ${name as string}() { [native code] }`, false])]));
  assert.equal(thrownBy(runtime, 'String.prototype.split.call(null)'), 'TypeError');
  assert.equal(thrownBy(runtime, 'JSON.parse(Symbol())'), 'TypeError');
  assert.equal(thrownBy(runtime, "JSON.parse('{')"), 'SyntaxError');
  assert.equal(thrownBy(runtime, "String.prototype.match.call(Symbol(), 'a')"), 'TypeError');
  assert.equal(thrownBy(runtime, "new String('a').split({ [Symbol.split]: 1 })"), 'TypeError');
  assert.equal(runtime.evaluate(`JSON.stringify([
    new String('a,b').split(','), new String('a1b').split(/\\d/, 1), new String('aa').match(/a/g), new String('ab').match('b').index, String.prototype.match.call(121, 2).index,
    (() => { const text = new String('a'); return text.split({ [Symbol.split]: (...seen) => [seen[0] === text, seen[1], seen.length] }, 7).concat(text.match({ [Symbol.match]: (...seen) => [seen[0] === text, seen.length] })); })(),
    (() => { const order = []; String.prototype.split.call({ toString: () => order.push('text') }, { toString: () => order.push('separator') }, { valueOf: () => order.push('limit') }); return order; })()])`),
  JSON.stringify([['a', 'b'], ['a'], ['a', 'a'], 1, 1, [true, 7, 2, true, 1], ['text', 'limit', 'separator']]));
  assert.equal(runtime.evaluate("'a'.split({ [Symbol.split]: (text, limit) => [text, limit] }, 7).join()"), 'a,7');
});

for (const code of [
  "(async function* () {}).constructor('return 1')",
  "(async function () {}).constructor('return 1')",
  "(function* () {}).constructor('return 1')",
  "(function () {}).constructor('return 1')",
  "(() => {}).constructor('return 1')",
  "Function('return 1')",
  "new Function('return 1')",
  "Reflect.construct(Function, ['return 1'])",
  "Reflect.construct(Object.getPrototypeOf((async () => {}).constructor), ['return 1'])",
  "new (class extends Function {})('return 1')",
  "class A extends Function { constructor() { super('return 1'); } } new A()",
  "Array.constructor('return 1')",
  "console.log.constructor('return 1')",
  "fetch.constructor('return 1')",
  "setTimeout('globalThis.ran = 1')",
  "Object.getPrototypeOf(Object.getPrototypeOf(async function* () {})).constructor.constructor('return 1')",
]) {
  test(`contained: ${code} throws`, () => { assert.equal(thrownBy(contained(), code), 'EvalError'); });
}

test('contained: eval is a name that throws when it is called, and functions are functions', () => {
  const runtime = contained();
  assert.equal(runtime.evaluate('[typeof eval, eval.name, eval.length, String(eval), "prototype" in eval, Object.keys(globalThis).includes("eval")].join()'), 'function,eval,1,function eval() { [native code] },false,false');
  for (const call of ["eval('1')", "(0, eval)('1')", "globalThis.eval('1')", 'eval(1)', "eval?.('1')", "Reflect.apply(eval, null, ['1'])"]) assert.equal(thrownBy(runtime, call), 'EvalError', call);
  assert.equal(runtime.evaluate("(() => { try { eval('1'); } catch (e) { return e.message; } })()"), 'eval: code from strings is not allowed here');
  assert.equal(runtime.evaluate('[() => {}, async () => {}, function* () {}, class {}, fetch].every((f) => f instanceof Function)'), true);
  assert.equal(runtime.evaluate('Function.prototype.constructor === Function && Function.name + Function.length'), 'Function1');
});

test('full: code from strings works', () => {
  const runtime = new Runtime();
  assert.equal(runtime.evaluate("(0, eval)('1 + 1') + new Function('return 2')()"), 4);
  runtime.evaluate("setTimeout('globalThis.ran = 1')");
  runtime.advance(0);
  assert.equal(runtime.evaluate('ran'), 1);
});

test('contained: no shared memory, however it is asked for', () => {
  const runtime = contained();
  assert.equal(runtime.evaluate('typeof SharedArrayBuffer + typeof SharedArrayBuffer.prototype + typeof Atomics + typeof Atomics.wait'), 'functionobjectobjectfunction');
  for (const use of ['new SharedArrayBuffer(1)', 'SharedArrayBuffer(1)', 'new (class extends SharedArrayBuffer {})(1)', 'Reflect.construct(SharedArrayBuffer, [1], Object)', 'SharedArrayBuffer.prototype.byteLength',
    'SharedArrayBuffer.prototype.slice.call(new ArrayBuffer(1))', 'Atomics.load(new Int32Array(1), 0)', 'Atomics.waitAsync(new Int32Array(1), 0, 0)', 'Atomics.pause()']) assert.equal(thrownBy(runtime, use), 'TypeError', use);
  assert.equal(runtime.evaluate("(() => { try { new SharedArrayBuffer(1); } catch (e) { return e.message; } })()"), 'SharedArrayBuffer: shared memory is not available in the surface Contained');
  assert.equal(runtime.evaluate('[new ArrayBuffer(1) instanceof SharedArrayBuffer, String(Atomics), Object.prototype.toString.call(SharedArrayBuffer.prototype)].join()'), 'false,[object Atomics],[object SharedArrayBuffer]');
  // What get-intrinsic and webidl-conversions read while they load.
  assert.equal(runtime.evaluate("[typeof Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, 'byteLength').get, typeof { '%eval%': eval }['%eval%']].join()"), 'function,function');
  assert.equal(thrownBy(runtime, 'new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })'), 'TypeError');
  // (module (memory 1 1 shared))
  assert.equal(thrownBy(runtime, 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 1]))'), 'CompileError');
});

test('contained: nothing takes an object for shared memory because of its prototype', async () => {
  assert.deepEqual(await contained().run(`const fake = Object.create(SharedArrayBuffer.prototype); const result = [];
    for (const use of [() => structuredClone(fake) instanceof SharedArrayBuffer, () => new TextDecoder().decode(fake), () => new Blob([fake]).size, () => typeof new Response(fake)]) try { result.push(use()); } catch (e) { result.push(e.name); }
    return result;`), [false, 'TypeError', '[object SharedArrayBuffer]'.length, 'object']);
});

test('contained: array buffers have a fixed size', () => {
  const runtime = contained();
  assert.equal(runtime.evaluate('new ArrayBuffer(8, { maxByteLength: 16 }).resizable'), false);
  assert.equal(runtime.evaluate('new (new ArrayBuffer(1).constructor)(8, { maxByteLength: 16 }).resizable'), false);
  assert.equal(runtime.evaluate('new (class Sub extends ArrayBuffer {})(8, { maxByteLength: 16 }).byteLength'), 8);
  assert.equal(runtime.evaluate('(class Sub extends ArrayBuffer {}).prototype instanceof ArrayBuffer && new Uint8Array(2).buffer instanceof ArrayBuffer'), true);
  assert.equal(runtime.evaluate('ArrayBuffer.isView(new Uint8Array()) && ArrayBuffer[Symbol.species] === ArrayBuffer'), true);
  assert.equal(thrownBy(runtime, 'ArrayBuffer(1)'), 'TypeError');
  assert.equal(runtime.evaluate('new Uint8Array([1, 2]).buffer.slice(1).byteLength'), 1);
});

test('contained: a finalization registry takes everything and calls nothing', () => {
  const runtime = contained();
  assert.equal(runtime.evaluate('const r = new FinalizationRegistry(() => {}); const t = {}; r.register({}, 1, t); [r.unregister(t), r.unregister(t), String(r)].join()'), 'true,false,[object FinalizationRegistry]');
  assert.equal(thrownBy(runtime, 'new FinalizationRegistry(1)'), 'TypeError');
  assert.equal(thrownBy(runtime, 'new FinalizationRegistry(() => {}).register(1, 2)'), 'TypeError');
});

// (module (memory (export "m") 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
const growing = '[0,97,115,109,1,0,0,0,1,6,1,96,1,127,1,127,3,2,1,0,5,3,1,0,1,7,12,2,1,109,2,0,4,103,114,111,119,0,0,10,8,1,6,0,32,0,64,0,11]';

test('contained: WebAssembly memory is capped, asked for from outside or inside', () => {
  const runtime = new Runtime({ surface: 'Contained', maxWasmBytes: 4 * 65536 });
  assert.equal(thrownBy(runtime, 'new WebAssembly.Memory({ initial: 5 })'), 'RangeError');
  for (const value of ['NaN', 'Infinity', '-Infinity', '-1', '2 ** 32', '2 ** 36']) {
    assert.equal(thrownBy(runtime, `new WebAssembly.Memory({ initial: ${value} })`), 'TypeError', value);
    assert.equal(thrownBy(runtime, `new WebAssembly.Memory({ initial: 0, maximum: ${value} })`), 'TypeError', value);
  }
  assert.equal(runtime.evaluate('new WebAssembly.Memory({ initial: 0, maximum: 2 ** 16 }).buffer.byteLength'), 0);
  assert.equal(runtime.evaluate('const m = new WebAssembly.Memory({ initial: 1 }); m.grow(3)'), 1);
  assert.equal(thrownBy(runtime, 'm.grow(1)'), 'RangeError');
  assert.equal(thrownBy(runtime, 'new m.constructor({ initial: 5 })'), 'RangeError');
  assert.equal(runtime.evaluate(`const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(${growing}))); exports.grow(3)`), 1);
  assert.equal(runtime.evaluate('exports.grow(1)'), -1);
  assert.equal(runtime.evaluate('exports.m instanceof WebAssembly.Memory'), true);
  // (module (memory 5))
  assert.equal(thrownBy(runtime, 'new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,5,3,1,0,5]))'), 'RangeError');
});

// (module (memory (export "m") 4000))
const large = '[0,97,115,109,1,0,0,0,5,4,1,0,160,31,7,5,1,1,109,2,0]';

test('contained: WebAssembly memory is capped, whatever length a script gives typed arrays', () => {
  const runtime = contained();
  assert.equal(thrownBy(runtime, `
    const bytes = new Uint8Array(${large}), prototype = Object.getPrototypeOf(Uint8Array.prototype);
    Object.defineProperty(prototype, 'length', { get: () => 0 });
    new WebAssembly.Module(bytes)`), 'RangeError');
});

test('contained: WebAssembly is closed whole, also where the end of the stack came in between', () => {
  const runtime = contained();
  assert.equal(runtime.evaluate(`(() => {
    let depth = 0, failures = 0;
    const measure = () => { depth++; measure(); };
    try { measure(); } catch { }
    const dive = (left) => left > 0 ? dive(left - 1) : WebAssembly;
    for (let d = depth + 50; d > 0; d--) { try { dive(d); break; } catch { failures++; } }
    try { new WebAssembly.Module(new Uint8Array(${large})); return 'compiled'; } catch (e) { return failures > 0 && e instanceof RangeError; }
  })()`), true);
});

for (const surface of ['Contained', 'Full'] as const) {
  test(`${surface}: WebAssembly compiles and instantiates, from bytes and from responses`, async () => {
    const runtime = new Runtime({ surface });
    assert.deepEqual(await runtime.run(`
      const bytes = new Uint8Array(${growing});
      const response = () => new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
      const module = await WebAssembly.compile(bytes);
      const { instance } = await WebAssembly.instantiate(bytes);
      const other = await WebAssembly.instantiate(module);
      const streamed = await WebAssembly.instantiateStreaming(Promise.resolve(response()));
      const wrong = await WebAssembly.compileStreaming(new Response(bytes)).catch((e) => e.name);
      const broken = await WebAssembly.compile(new Uint8Array([1])).catch((e) => e.name);
      return [module instanceof WebAssembly.Module, instance.exports.grow(1), other instanceof WebAssembly.Instance, typeof streamed.instance.exports.grow,
        (await WebAssembly.compileStreaming(response())) instanceof WebAssembly.Module, wrong, broken];`), [true, 1, true, 'function', true, 'TypeError', 'CompileError']);
  });
}

test('a context that cannot be contained answers nothing any more', () => {
  const context = vm.createContext({});
  bundle.runInContext(context);
  const calls: unknown[][] = [];
  const enter = (vm.runInContext('__jsrun', context) as (host: unknown) => Enter)((...call: unknown[]) => { calls.push(call); });
  vm.runInContext("Object.defineProperty(ArrayBuffer.prototype, 'constructor', { value: 1, configurable: false, writable: false })", context);
  enter(EntryOp.Configure, JSON.stringify({ surface: 'Contained', env: {}, maxTimers: 1, maxConsoleBytes: 1, maxWasmBytes: 1 }));
  enter(EntryOp.HandleRequest, 1, 'file:///x.js', 'GET', 'http://h/', '', -1, '{}', 'r');
  assert.deepEqual(calls.map(([op]) => op), [HostOp.Report, HostOp.Report]);
});
