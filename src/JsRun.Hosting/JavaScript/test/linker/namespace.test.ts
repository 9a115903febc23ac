import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './world.ts';

const files = { 'a.js': "export let b = 1, a = 2; const x = 3; export { x as '1', x as '-' }; export function set(v) { b = v }" };
const main = (code: string) => run({ ...files, 'main.js': `import * as ns from './a.js'; const fails = (f) => { try { f(); return false } catch (e) { return e.constructor === TypeError } };\n${code}` });

test('keys are sorted by code unit and enumerable', async () => {
  const { log } = await main("log.push(Object.keys(ns), Reflect.ownKeys(ns).at(-1) === Symbol.toStringTag, Object.entries(ns)[0])");
  assert.deepEqual(log, [['-', '1', 'a', 'b', 'set'], true, ['-', 3]]);
});

test('it has no prototype, is tagged, and cannot be extended', async () => {
  const { log } = await main(`log.push(Object.getPrototypeOf(ns), Object.prototype.toString.call(ns), Object.isExtensible(ns), Reflect.preventExtensions(ns),
    Reflect.setPrototypeOf(ns, null), Reflect.setPrototypeOf(ns, {}), Object.isFrozen(ns), Object.isSealed(ns), typeof ns)`);
  assert.deepEqual(log, [null, '[object Module]', false, true, true, false, false, true, 'object']);
});

test('descriptors are live, writable and fixed', async () => {
  const { log } = await main("ns.set(5); log.push(Object.getOwnPropertyDescriptor(ns, 'b'), Object.getOwnPropertyDescriptor(ns, Symbol.toStringTag), Reflect.has(ns, 'zz'), ns.zz)");
  assert.deepEqual(log, [{ value: 5, writable: true, enumerable: true, configurable: false }, { value: 'Module', writable: false, enumerable: false, configurable: false }, false, undefined]);
});

test('nothing can be set, deleted or defined', async () => {
  const { log } = await main(`log.push([() => { ns.b = 1 }, () => { ns.zz = 1 }, () => { delete ns.b }, () => { ns[Symbol.toStringTag] = 1 }, () => { delete ns[Symbol.toStringTag] },
    () => Object.defineProperty(ns, 'b', { value: 9 }), () => Object.defineProperty(ns, 'zz', { value: 9 }), () => Object.defineProperty(ns, 'b', { get() {} }), () => Object.freeze(ns)].map(fails),
    Reflect.set(ns, 'b', 1), Reflect.set(Object.create(ns), 'b', 1), delete ns.zz, delete ns[Symbol.iterator], Reflect.defineProperty(ns, 'b', { value: 1 }), Reflect.defineProperty(ns, 'b', { writable: true, enumerable: true, configurable: false }))`);
  assert.deepEqual(log, [[true, true, true, true, true, true, true, true, true], false, false, true, true, true, true]);
});

test('there is one of it for each module', async () => {
  const { log } = await main("import * as again from './a.js'; log.push(ns === again, ns === await import('./a.js'))");
  assert.deepEqual(log, [true, true]);
});
