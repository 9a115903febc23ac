// User code may replace every intrinsic: the linker still works, and user code gets none of the linker's objects.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from './world.ts';

const POISON = `
  const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const poison = () => { throw new Error('poisoned') };
  const targets = [Array, Map, Set, Promise, Object, Function, String, Symbol, Proxy, JSON, Reflect, Array.prototype, Map.prototype, Set.prototype, Promise.prototype, Function.prototype,
    String.prototype, Object.getPrototypeOf(function* () {}).prototype, Object.getPrototypeOf(async function* () {}).prototype, Object.getPrototypeOf([][Symbol.iterator]())];
  const names = ['source', 'type', 'error', 'resolved', 'shape', 'get', 'set', 'value', 'configurable', 'enumerable', 'writable', 'getPrototypeOf', 'isExtensible', 'name', 'url', 'module', 'kind',
    'with', 'x', 'first', 'found', 0, 1];
  const trap = { __proto__: null, get: poison, set: poison, configurable: true };
  for (let i = 0; i < targets.length; i++) {
    const keys = ownKeys(targets[i]);
    for (let j = 0; j < keys.length; j++) {
      const { configurable, value } = getOwnPropertyDescriptor(targets[i], keys[j]);
      if (configurable && typeof value === 'function') defineProperty(targets[i], keys[j], trap);
    }
  }
  defineProperty(Promise, Symbol.species, trap);
  for (let i = 0; i < names.length; i++) defineProperty(Object.prototype, names[i], trap);
  for (let i = 0; i < 3; i++) defineProperty(Array.prototype, i, trap);
`;

test('modules are added, linked and evaluated in a context whose intrinsics throw', async () => {
  const world = new World({
    'poison.js': POISON,
    'main.js': "import a, { x } from './a.js'; import * as ns from './b.js'; import json from './c.json' with { type: 'json' }; export { a, x }; export const keys = ns.one; export const j = json; import('./d.js'); await null",
    'a.js': "export default 'a'; await 0; export const x = 'x'; export * from './b.js'", 'b.js': 'export const one = 1, two = 2', 'c.json': '"json"', 'd.js': "await null; log[0] = 'late'",
  });
  assert.equal((await world.run('poison.js')).error, undefined);
  const error = await world.start('file:///main.js');
  assert.equal(error, undefined);
  const ns = world.namespace('file:///main.js')!;
  assert.deepEqual([ns.a, ns.x, ns.keys, ns.j], ['a', 'x', 1, 'json']);
  await new Promise(setImmediate);
  assert.deepEqual({ ...world.evaluate('log') as string[] }, { 0: 'late' });
  assert.deepEqual(world.reports, []);
});
