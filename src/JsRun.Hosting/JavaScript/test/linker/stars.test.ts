import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './world.ts';

test('export * exports everything except the default', async () => {
  const { log } = await run({ 'main.js': "import * as ns from './a.js'; log.push(Object.keys(ns))", 'a.js': "export * from './b.js'; export const z = 1", 'b.js': 'export const b = 1, a = 2; export default 3' });
  assert.deepEqual(log, [['a', 'b', 'z']]);
});

test('an own export wins over a star', async () => {
  const { log } = await run({ 'main.js': "import { x } from './a.js'; log.push(x)", 'a.js': "export * from './b.js'; export const x = 'own'", 'b.js': "export const x = 'star'" });
  assert.deepEqual(log, ['own']);
});

test('a name that two export * have is not in the namespace, and importing it is an error', async () => {
  const files = { 'a.js': "export * from './b.js'; export * from './c.js'", 'b.js': 'export const x = 1, b = 1', 'c.js': 'export const x = 2, c = 1' };
  assert.deepEqual((await run({ ...files, 'main.js': "import * as ns from './a.js'; log.push(Object.keys(ns), ns.x, 'x' in ns)" })).log, [['b', 'c'], undefined, false]);
  const { error } = await run({ ...files, 'main.js': "import { b,\n  x } from './a.js'" });
  assert.equal(error?.name, 'SyntaxError');
  assert.match(error!.message, /^'\.\/a\.js' exports 'x' twice.*file:\/\/\/b\.js and from file:\/\/\/c\.js.*\n {4}at file:\/\/\/main\.js:2:3$/);
});

test('the same binding through two modules is not a conflict', async () => {
  const { log } = await run({
    'main.js': "import { x } from './a.js'; log.push(x)",
    'a.js': "export * from './b.js'; export * from './c.js'", 'b.js': "export * from './d.js'", 'c.js': "export { y as x } from './d.js'", 'd.js': 'const x = 1; export { x, x as y }',
  });
  assert.deepEqual(log, [1]);
});

test('stars may form a cycle', async () => {
  const { log } = await run({ 'main.js': "import * as ns from './a.js'; log.push(Object.keys(ns), ns.b)", 'a.js': "export * from './b.js'; export let a = 1", 'b.js': "export * from './a.js'; export let b = 2" });
  assert.deepEqual(log, [['a', 'b'], 2]);
});

test('a namespace can be passed on, by either spelling', async () => {
  const { log } = await run({
    'main.js': "import { n, m } from './a.js'; log.push(n === m, n.x)",
    'a.js': "export * as n from './b.js'; import * as m from './b.js'; export { m }", 'b.js': 'export const x = 1',
  });
  assert.deepEqual(log, [true, 1]);
});
