import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../src/typescript/index.ts';
import { compile } from '../../src/compiler/compile.ts';
import { run } from '../linker/world.ts';

const specifiers = (source: string, fileName = 'main.tsx') => compile(source, fileName).shape.imports.map(({ specifier }) => specifier);

test('imports that are only types are dropped', () => {
  assert.deepEqual(specifiers("import type { A } from 'a'; import { B } from 'b'; import { type C, d } from 'c'; import 'e'; let x: B = d as A;", 'main.ts'), ['c', 'e']);
});

test('JavaScript keeps every import', () => {
  assert.deepEqual(specifiers("import { B } from 'b'", 'main.js'), ['b']);
  assert.deepEqual(specifiers("import { B } from 'b'; <i/>", 'main.jsx'), ['react/jsx-runtime', 'b']);
});

test('import attributes survive', () => {
  assert.deepEqual(compile("import a, { type B } from './a.json' with { type: 'json' }; a", 'main.ts').shape.imports[0]?.type, 'json');
});

test('JSX imports React\'s automatic runtime', () => {
  assert.deepEqual(specifiers('export default <p key="a">{...x}</p>'), ['react/jsx-runtime']);
  assert.deepEqual(specifiers('export default 1'), []);
});

test('@jsxImportSource names another', () => {
  assert.deepEqual(specifiers('/** @jsxImportSource preact */\n<p/>'), ['preact/jsx-runtime']);
  assert.deepEqual(specifiers('// @jsxImportSource preact\n<p/>'), ['preact/jsx-runtime']);
});

test('@jsx and @jsxFrag name factories, which asks for the classic runtime', async () => {
  const { log } = await run({
    'main.tsx': "#!/usr/bin/env jsrun\n/* @jsx h\n * @jsxFrag Fragment */\nimport { h, Fragment } from './h.ts'; export const x = <><b c={1}>{'d'}</b></>; log.push(x)",
    'h.ts': "export const Fragment = 'fragment'; export function h(...all: unknown[]): unknown[] { return all }",
    'main.js': "import './main.tsx'",
  });
  assert.deepEqual(log, [['fragment', null, ['b', { c: 1 }, 'd']]]);
});

test('@jsxRuntime chooses', () => {
  assert.deepEqual(specifiers('/** @jsxRuntime classic */ <p/>'), []);
  assert.deepEqual(specifiers('/** @jsxRuntime automatic @jsx h */ <p/>'), ['react/jsx-runtime']);
  assert.throws(() => compile('/** @jsxRuntime\n @jsxRuntime other */ <p/>', 'a.tsx'), { message: /must be 'automatic' or 'classic', not 'other'/, line: 2 });
});

test('pragmas count at the head of a file only', () => {
  assert.deepEqual(specifiers('const a = 1; /** @jsxImportSource preact */ <p/>'), ['react/jsx-runtime']);
  assert.deepEqual(specifiers('const a = "/** @jsxImportSource preact */"; <p/>'), ['react/jsx-runtime']);
});

test('types of every extension go', async () => {
  const { log } = await run({
    'main.js': "import { E, K } from './a.ts'; import b from './b.mts'; log.push(E.B, new K(3).a, b)",
    'a.ts': 'export enum E { A, B } export abstract class X<T> { declare y: T; abstract z(): void } export class K { constructor(public a: number) {} }',
    'b.mts': 'export default (1 satisfies number)! as unknown',
  });
  assert.deepEqual(log, [1, 3, 1]);
});

/** What TypeScript means, by what the module says. */
for (const [name, source, expected] of [
  ['a namespace', "namespace N { export let p = 'hi'; export function f(n: string) { return p + n } } log.push(N.f('!')); N.p = 'ho'; log.push(N.f('!'))", ['hi!', 'ho!']],
  ['a namespace that adds to a function', "function greet(n: string) { return greet.prefix + n } namespace greet { export let prefix = 'hi ' } log.push(greet('x'))", ['hi x']],
  ['an exported namespace with an enum', 'export namespace Shapes { export enum Kind { Square = 1 } } log.push(Shapes.Kind.Square, Shapes.Kind[1])', [1, 'Square']],
  ['a module as a namespace', 'module X { export const q = 1 } import A = X.q; log.push(A)', [1]],
  ['an enum with templates', 'enum E { A = `x`, B = `${A}y` } log.push(E.B, Object.keys(E).join())', ['xy', 'A,B']],
  ['enums that are merged', 'enum E { A = 1 } enum E { B = A + 1 } log.push(E.B, E[2])', [2, 'B']],
  ['a const enum', 'const enum E { A = 2 } log.push(E.A)', [2]],
  ['a comparison after as', 'const x: unknown = 1; if (x as number < 2) log.push(1)', [1]],
  ['a method called async', 'const o = { async<T>(x: T): T { return x } }; log.push(o.async(3))', [3]],
  ['types called as and satisfies', 'type as = 1; type satisfies = 2; const a: as = 1, b = 2 satisfies satisfies; log.push(a, b)', [1, 2]],
  ['an import type with attributes', "type B = import('./b', { with: { 'resolution-mode': 'import' } }).B; log.push(1)", [1]],
  ['an accessor', 'class A { accessor x = 1 } const a = new A(); a.x++; log.push(a.x)', [2]],
  ['decorators', "function d(f: Function, c: ClassMethodDecoratorContext) { return function (this: K) { return f.call(this) + String(c.name) } } class K { @d m() { return 'a' } } log.push(new K().m())", ['am']],
  ['parameter properties', 'class K { constructor(private readonly z: number) {} get y() { return this.z } } log.push(new K(4).y)', [4]],
  ['overloads, abstract and declared', 'function f(a: string): void; function f(a: number): void; function f(a: unknown) { log.push(a) } declare const no: 1; abstract class Q { abstract a(): void; b?: string } f(1); log.push(Q.length)', [1, 0]],
] as const) {
  test(`${name} is compiled`, async () => {
    const { log, error } = await run({ 'main.js': "import './main.ts'", 'main.ts': source });
    assert.equal(error, undefined);
    assert.deepEqual(log, expected);
  });
}

test('names of JSX may have a colon, and entities are characters', async () => {
  const { log } = await run({ 'main.js': "import './main.jsx'", 'main.jsx': '// @jsx h\nconst h = (...all) => all;\nlog.push(<a xlink:href="x" xml:lang="y"><svg:rect on:click={1}/>&#x41;&amp;</a>)' });
  assert.deepEqual(log, [['a', { 'xlink:href': 'x', 'xml:lang': 'y' }, ['svg:rect', { 'on:click': 1 }], 'A&']]);
});

for (const [fileName, source, line, column, message] of [
  ['main.ts', 'type A = 1;\nconst a: = 2', 2, 10, /Type expected/],
  ['main.ts', 'export default {\n  fetch: (request: Request) => {\n    const a = [1, 2;\n    return a;\n  } };', 3, 20, /expected/],
  ['main.ts', "const a = 1;\nlet b: string = 'abc\nlet c", 2, 21, /Unterminated string/],
  ['main.ts', 'const a: number = 1;   let a;', 1, 28, /already been declared/],
  ['main.ts', 'let a: number;\nexport = a', 2, 1, /'export =' is not supported.*export default/],
  ['main.ts', "let a: number;\n  import x = require('y')", 2, 3, /'import x = require\(\)' is not supported/],
  ['main.tsx', 'const x = 1;\nconst y = <a>&#x110000;</a>', 2, 14, /not a character/],
  ['main.tsx', 'const x = 1;\nconst y = <a><b></a>;', 2, 15, /no corresponding closing tag/],
  ['main.js', 'const a = 1;\n@d class K {}', 2, 1, /Decorators are not supported in JavaScript.*\.ts/],
] as const) {
  test(`the mistake in ${JSON.stringify(source)} is at ${line}:${column}`, () => {
    assert.throws(() => compile(source, fileName), { message, line, column });
  });
}
