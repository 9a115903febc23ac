import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './world.ts';

test('functions are hoisted across a cycle', async () => {
  const { log } = await run({
    'main.js': "import { b } from './b.js'; export function a() { return 'a' } export default function () { return 'd' } log.push(b)",
    'b.js': "import d, { a } from './main.js'; export const b = a() + d()",
  });
  assert.deepEqual(log, ['ad']);
});

test('a hoisted function sees the imports of its module, which has not run', async () => {
  const { log } = await run({
    'main.js': "import './b.js'; import { c } from './c.js'; export function a() { return c }",
    'b.js': "import { a } from './main.js'; log.push(a())",
    'c.js': "export var c = 'c'; import './b.js'",
  });
  assert.deepEqual(log, [undefined]);
});

test('a binding in its temporal dead zone is a ReferenceError, also through the namespace', async () => {
  const { log } = await run({
    'main.js': "import './b.js'; export let a = 1; export class K {} export default class {} export var v = 1",
    'b.js': `import d, { a, K, v } from './main.js'; import * as ns from './main.js'
      for (const f of [() => a, () => K, () => d, () => ns.a, () => Object.keys(ns), () => v]) { try { log.push(f()) } catch (e) { log.push(e.name) } }`,
  });
  assert.deepEqual(log, ['ReferenceError', 'ReferenceError', 'ReferenceError', 'ReferenceError', 'ReferenceError', undefined]);
});

test('a module may import itself', async () => {
  const { log } = await run({ 'main.js': "import * as self from './main.js'; import { a as b } from './main.js'; export const a = 1; log.push(b, self.a, self.self === self); export { self }" });
  assert.deepEqual(log, [1, 1, true]);
});

test('an export that only leads in a circle does not exist', async () => {
  const { error } = await run({ 'main.js': "\n import { a } from './a.js'", 'a.js': "export { a } from './b.js'", 'b.js': "export { a } from './a.js'" });
  assert.equal(error?.name, 'SyntaxError');
  assert.match(error!.message, /^'\.\/a\.js' has no export named 'a': its exports lead in a circle\n {4}at file:\/\/\/b\.js:1:10$/);
});
