import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './world.ts';

test('relative imports find each other, and every module runs once, dependencies first', async () => {
  const { log } = await run({
    'main.js': "import './sub/a.js'; import './b.js'; log.push('main')",
    'sub/a.js': "import '../b.js'; log.push('a')",
    'b.js': "log.push('b')",
  });
  assert.deepEqual(log, ['b', 'a', 'main']);
});

test('bindings are live in both directions of time', async () => {
  const { log } = await run({
    'main.js': "import count, { count as named, increment } from './a.js'; log.push(named); increment(); log.push(named, count)",
    'a.js': 'export let count = 0; export { count as default }; export function increment() { count++ }',
  });
  assert.deepEqual(log, [0, 1, 1]);
});

test('export default of an expression is a value, of a declaration a binding', async () => {
  const { log } = await run({
    'main.js': "import value from './value.js'; import { change } from './value.js'; import f, { replace } from './function.js'; change(); replace(); log.push(value, f())",
    'value.js': 'let a = 1; export default a; export function change() { a = 2 }',
    'function.js': 'export default function f() { return 1 } export function replace() { f = () => 2 }',
  });
  assert.deepEqual(log, [1, 2]);
});

for (const [source, name] of [
  ['export default function () {}', 'default'],
  ['export default async function* () {}', 'default'],
  ['export default class {}', 'default'],
  ['export default () => {}', 'default'],
  ['export default (class {})', 'default'],
  ['export default (0, () => {})', ''],
  ['export default class { static name() {} }', undefined],
  ['export default function named() {}', 'named'],
] as const) {
  test(`the name of ${source} is ${name}`, async () => {
    const { log } = await run({ 'main.js': "import it from './a.js'; log.push(typeof it.name === 'string' ? it.name : undefined)", 'a.js': source });
    assert.deepEqual(log, [name]);
  });
}

test('names may be strings', async () => {
  const { log } = await run({
    'main.js': "import { 'a b' as x, '*' as star, __proto__ as p } from './a.js'; log.push(x, star, p)",
    'a.js': "const x = 1; export { x as 'a b', x as '*', x as __proto__ }",
  });
  assert.deepEqual(log, [1, 1, 1]);
});

test('exports may name imports that come later', async () => {
  const { log } = await run({ 'main.js': "import { b } from './a.js'; log.push(b)", 'a.js': "export { a as b }; import { a } from './c.js'", 'c.js': 'export const a = 1' });
  assert.deepEqual(log, [1]);
});

test('modules are strict, without this and arguments of their own', async () => {
  const { log } = await run({
    'main.js': `log.push(this === undefined, typeof arguments, (function () { return this })() === undefined, (() => typeof arguments)());
      (function () { log.push(arguments.length) })(1, 2);
      try { undeclared = 1 } catch (e) { log.push(e.name) }
      try { arguments } catch (e) { log.push(e.message) }
      globalThis.arguments = 5; log.push(arguments, { arguments }.arguments)`,
  });
  assert.deepEqual(log, [true, 'undefined', true, 'undefined', 2, 'ReferenceError', 'arguments is not defined', 5, 5]);
});

test('calls of imports have no this', async () => {
  const { log } = await run({
    'main.js': "import { f } from './a.js'; import * as ns from './a.js'; log.push(f(), f``, f?.(), ns.f() === ns, new f().x, new (f)(1).x)\nif (1) f()",
    'a.js': 'export function f() { return new.target ? { x: 1 } : typeof this === "object" ? this : String(this) }',
  });
  assert.deepEqual(log, ['undefined', 'undefined', 'undefined', true, 1, 1]);
});

for (const assignment of ['a = 1', 'a += 1', 'a++', '[a] = [1]', '({ a } = { a: 1 })', '({ b: a = 2 } = {})', '[...a] = []', 'for (a of [1]) ;', 'for (a in { x: 1 }) ;', 'a &&= 1', 'ns = 1']) {
  test(`the assignment ${assignment} is a TypeError when it runs`, async () => {
    const { log, error } = await run({
      'main.js': `import { a } from './a.js'; import * as ns from './a.js'; log.push('ran'); try { ${assignment} } catch (e) { log.push(e.constructor === TypeError, a) }`,
      'a.js': 'export let a = 5',
    });
    assert.equal(error, undefined);
    assert.deepEqual(log, ['ran', true, 5]);
  });
}

test('an assignment that is not reached assigns nothing', async () => {
  const { error } = await run({ 'main.js': "import { a } from './a.js'; a ||= 1; a ??= 1", 'a.js': 'export let a = 5' });
  assert.equal(error, undefined);
});

test('import.meta is an object without a prototype of each module alone, with its URL', async () => {
  const { log } = await run({
    'main.js': "import other from './sub/[id].js'; import.meta.x = 1; log.push(import.meta.url, other.url, Object.getPrototypeOf(import.meta), import.meta === other, import.meta.x, delete import.meta)",
    'sub/[id].js': 'export default import.meta',
  });
  assert.deepEqual(log, ['file:///main.js', 'file:///sub/[id].js', null, false, 1, true]);
});
