import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryOp } from '../../src/kernel/ops.ts';
import { run, World } from './world.ts';

// (module (import "env" "twice" (func (param i32) (result i32))) (global (export "g") (mut i32) (i32.const 7))
//   (func (export "f") (param i32) (result i32) local.get 0 call 0 global.set 0 global.get 0))
const WASM = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f,
  2, 13, 1, 3, 0x65, 0x6e, 0x76, 5, 0x74, 0x77, 0x69, 0x63, 0x65, 0, 0,
  3, 2, 1, 0,
  6, 6, 1, 0x7f, 1, 0x41, 7, 0x0b,
  7, 9, 2, 1, 0x67, 3, 0, 1, 0x66, 0, 1,
  10, 12, 1, 10, 0, 0x20, 0, 0x10, 0, 0x24, 0, 0x23, 0, 0x0b,
]);
const shape = {
  imports: [{ specifier: 'env', line: 0, column: 0 }], bindings: [{ from: 0, name: 'twice', line: 0, column: 0 }],
  locals: [{ exported: 'g', local: 'g' }, { exported: 'f', local: 'f' }], indirect: [], stars: [], dynamic: [], async: false,
};

test('bytes are a Uint8Array', async () => {
  const { log } = await run({ 'main.js': "import bytes from './a.bin' with { type: 'bytes' }; log.push(bytes instanceof Uint8Array, [...bytes])", 'a.bin': 'AQID/w==' });
  assert.deepEqual(log, [true, [1, 2, 3, 255]]);
});

test('webassembly is a compiled module', async () => {
  const { log, error } = await run({
    'main.js': "import module from './a.wasm' with { type: 'webassembly' }; log.push(module instanceof WebAssembly.Module, WebAssembly.Module.exports(module).map((e) => e.name))",
    'a.wasm': Buffer.from(WASM).toString('base64'),
  });
  assert.equal(error, undefined);
  assert.deepEqual(log, [true, ['g', 'f']]);
});

test('a WebAssembly instance imports from modules, and its globals are live values', async () => {
  const world = new World({ 'env.js': 'export function twice(x) { return x * 2 }' });
  world.add('file:///env.js');
  world.enter(EntryOp.AddModules, JSON.stringify({ modules: [{ url: 'file:///a.wasm', kind: 'wasm', source: Buffer.from(WASM).toString('base64'), shape, resolved: { env: 'file:///env.js' } }] }));
  world.enter(EntryOp.AddModules, JSON.stringify({ modules: [{ url: 'file:///b.js', kind: 'js', resolved: { wasm: 'file:///a.wasm' }, shape: { ...shape, imports: [{ specifier: 'wasm', line: 1, column: 1 }], bindings: [{ from: 0, name: null, line: 1, column: 1 }], locals: [] } }] }),
    world.evaluate('(function* ($) { let ns; $.link([], (getters) => { ns = getters[0] }); yield; log.push(Object.keys(ns()), ns().g, ns().f(21), ns().g) })'));
  assert.equal(await world.start('file:///b.js'), undefined);
  assert.deepEqual(structuredClone(world.evaluate('log')), [['f', 'g'], 7, 42, 42]);
});

test('a WebAssembly instance whose imports do not fit is an error of linking', async () => {
  const world = new World({ 'env.js': 'export const other = 1' });
  world.add('file:///env.js');
  world.enter(EntryOp.AddModules, JSON.stringify({ modules: [{ url: 'file:///a.wasm', kind: 'wasm', source: Buffer.from(WASM).toString('base64'), shape, resolved: { env: 'file:///env.js' } }] }));
  const error = await world.start('file:///a.wasm');
  assert.equal(error?.name, 'SyntaxError');
  assert.match(error!.message, /'env' has no export named 'twice'/);
});

test('rewritten scripts import, and keep the modules that they found', async () => {
  const world = new World({ 'a.js': 'export const n = Math.random()' });
  const asked: unknown[] = [];
  world.onLoad = (call, specifier, referrer) => {
    asked.push([specifier, referrer]);
    world.add('file:///a.js');
    world.enter(EntryOp.ModuleLoaded, call, 'file:///a.js');
  };
  const same = await (world.context as unknown as { importScript(n: number, s: string): Promise<unknown> }).importScript(3, 'a');
  const again = await (world.context as unknown as { importScript(n: number, s: string): Promise<unknown> }).importScript(3, 'a');
  assert.equal(same, again);
  assert.deepEqual(asked, [['a', '#3']]);
});

test('a load error of syntax is a SyntaxError, any other a TypeError', async () => {
  const world = new World({});
  world.onLoad = (call, specifier) => { world.enter(EntryOp.ModuleLoaded, call, undefined, 'no', specifier === 'syntax'); };
  const { importScript } = world.context as unknown as { importScript(n: number, s: string): Promise<unknown> };
  await assert.rejects(importScript(1, 'syntax'), { name: 'SyntaxError', message: 'no' });
  await assert.rejects(importScript(1, 'other'), { name: 'TypeError', message: 'no' });
});
