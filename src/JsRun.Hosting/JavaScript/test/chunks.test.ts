// How a bundle is divided into chunks that are evaluated when they are first used, and which uses fail the build.
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { divide } from '../chunks.mjs';

type Modules = Record<string, string>;

/** Modules whose path begins with `lazy` are in the chunk of their folder: `lazy/a.js` and `lazy/b.js` are in one. */
const chunkOf = (path: string): string | undefined => path.startsWith('lazy') ? path.slice(0, path.indexOf('/')) : undefined;

/** The modules as esbuild puts them into one function, each after a comment with its path. */
function divided(modules: Modules): string {
  const text = Object.entries(modules).map(([path, code]) => `  // ${path}\n  ${code}\n`).join('');
  return divide(`"use strict";\n(() => {\n${text}})();\n`, Object.keys(modules), chunkOf);
}

/** Runs the divided modules; what they pass to `log` is given back, and `call` calls what they have passed to `later`. */
function run(modules: Modules): { logged: unknown[]; call: () => unknown } {
  const logged: unknown[] = [];
  let call = (): unknown => undefined;
  vm.runInNewContext(divided(modules), { log: (value: unknown) => { logged.push(value); }, later: (f: () => unknown) => { call = f; } });
  return { logged, call: () => call() };
}

const refused = (modules: Modules, message: string): void => { assert.throws(() => divided(modules), { message }); };

test('a chunk is evaluated when one of its names is first used, and once', () => {
  const { logged, call } = run({ 'lazy/a.js': "log('made'); var value = 7;", 'main.js': "log('main'); later(() => [value, value]);" });

  assert.deepEqual(logged, ['main']);
  assert.deepEqual([...call() as number[]], [7, 7]);
  call();
  assert.deepEqual(logged, ['main', 'made']);
});

test('a chunk whose names no code uses is not evaluated', () => {
  assert.deepEqual(run({ 'lazy/a.js': "log('a');", 'lazy2/b.js': "log('b');", 'main.js': "log('main');" }).logged, ['main']);
});

test('modules of one chunk are evaluated together and in their order, other chunks are not', () => {
  const { logged, call } = run({ 'lazy/a.js': "log('a'); var a = 1;", 'lazy2/other.js': "log('other'); var other = 3;", 'lazy/b.js': "log('b'); var b = a + 1;", 'main.js': 'later(() => b);' });

  assert.equal(call(), 2);
  assert.deepEqual(logged, ['a', 'b']);
});

test('a chunk that uses another has that one evaluated first', () => {
  const { logged, call } = run({ 'lazy/a.js': "log('a'); var a = 1;", 'lazy2/b.js': "var b = a + 1; log('b');", 'main.js': 'later(() => b);' });

  assert.equal(call(), 2);
  assert.deepEqual(logged, ['a', 'b']);
});

for (const [what, declaration, use, expected] of [
  ['a function, which may be used before its declaration', 'var early = name(); function name() { return 5; }', 'name() + early', 10],
  ['a class', 'class Name { static of() { return 6; } }', 'Name.of()', 6],
  ['a variable without a value', 'var name;', 'name', undefined],
  ['one of several variables of a declaration', 'var own = 1, name = own + 1;', 'name', 2],
  ['a variable that is destructured', 'var { own, name = own } = { own: 4 };', 'name', 4],
  ['a name in the shorthand of an object', 'var name = 8;', '({ name }).name', 8],
  ['a name in a template, a spread and an argument', 'var name = [9];', '`${Math.max(...name)}`', '9'],
  ['an export that calls itself', 'var name = function inner(n) { return n === 0 ? 0 : 1 + inner(n - 1); };', 'name(3)', 3],
] as const) {
  test(`${what} is there on its first use`, () => {
    assert.equal(run({ 'lazy/a.js': declaration, 'main.js': `later(() => ${use});` }).call(), expected);
  });
}

test('what stands in functions, methods and instance fields is used late', () => {
  const { logged, call } = run({
    'lazy/a.js': "log('made'); var a = 1;",
    'main.js': 'class C { field = a; method() { return a; } static of = () => a; } function f(x = a) { return x; } later(() => [new C().field, new C().method(), C.of(), f()].join());',
  });

  assert.deepEqual(logged, []);
  assert.equal(call(), '1,1,1,1');
});

test('a property, a label and a key of the name of a lazy variable are left as they are', () => {
  const { logged } = run({ 'lazy/a.js': "log('made'); var a = 1;", 'main.js': 'const o = { a: 2, b: { a: 3 } }; a: for (;;) break a; log(o.a + o.b.a); class C { a() {} } log(typeof new C().a);' });

  assert.deepEqual(logged, [5, 'function']);
});

test('a chunk whose evaluation was interrupted is evaluated again from its beginning', () => {
  const { logged, call } = run({ 'lazy/a.js': "var first = {}; log(first); if (!globalThis.again) throw (globalThis.again = true, new Error('cut short')); var a = first;", 'main.js': 'later(() => a);' });

  assert.throws(() => call(), { message: 'cut short' });
  assert.equal(call(), logged[1]);
  assert.equal(logged.length, 2);
});

for (const [where, code] of [
  ['a statement', 'log(a);'],
  ['the initial value of a variable', 'var b = a;'],
  ['the value of a static field', 'class C { static field = a; }'],
  ['a static block', 'class C { static { log(a); } }'],
  ['the class that another extends', 'class C extends a {}'],
  ['a computed name of a method', 'class C { [a]() {} }'],
  ['a computed name of a property', 'var o = { [a]: 1 };'],
  ['a tagged template', 'a`x`;'],
] as const) {
  test(`a lazy name in ${where} fails the build: it is used while the bundle is evaluated`, () => {
    refused({ 'lazy/a.js': 'var a = 1;', 'main.js': code }, "main.js uses 'a' of lazy/a.js while the bundle is evaluated: that chunk is lazy");
  });
}

for (const [how, code] of [
  ['an assignment', 'a = 2'],
  ['an increment', 'a++'],
  ['destructuring', '({ b: a } = {})'],
  ['destructuring with a default value', '[a = 3] = []'],
  ['the rest of an array', '[...a] = []'],
] as const) {
  test(`${how} to a lazy variable from outside of its chunk fails the build`, () => {
    const message = "outside.js assigns 'a' of lazy/a.js".replace('outside.js', 'main.js');
    refused({ 'lazy/a.js': 'var a = 1;', 'main.js': `function f() { ${code}; }` }, message);
    refused({ 'lazy/a.js': 'var a = 1;', 'lazy2/b.js': `function f() { ${code}; }` }, message.replace('main.js', 'lazy2/b.js'));
  });
}

test('a loop that assigns a lazy variable fails the build', () => {
  refused({ 'lazy/a.js': 'var a = 1;', 'main.js': 'function f() { for (a of []) log(1); }' }, "main.js assigns 'a' of lazy/a.js");
});

test('a variable is assigned within its own chunk, and one that is not lazy from anywhere', () => {
  const { call } = run({ 'lazy/a.js': 'var a = 1; a++; count += a; function raise() { a++; return a; }', 'main.js': 'var count = 1; later(() => raise() + count);' });

  assert.equal(call(), 6);
});

for (const [what, code] of [['a parameter', 'function f(a) { return a; }'], ['a variable', 'function f() { let a = 1; return a; }'], ['the error of a catch clause', 'function f() { try { f(); } catch (a) {} }']] as const) {
  test(`${what} that hides a name of the bundle fails the build`, () => {
    refused({ 'lazy/a.js': 'var a = 1;', 'main.js': code }, "main.js: a local 'a' hides the one of lazy/a.js");
  });
}

test('one message lists all mistakes, each once', () => {
  refused(
    { 'lazy/a.js': 'var a = 1;', 'main.js': 'log(a); log(a); function f() { a = 1; }', 'second.js': 'log(a);' },
    ["main.js uses 'a' of lazy/a.js while the bundle is evaluated: that chunk is lazy", "main.js assigns 'a' of lazy/a.js", "second.js uses 'a' of lazy/a.js while the bundle is evaluated: that chunk is lazy"].join('\n'),
  );
});
