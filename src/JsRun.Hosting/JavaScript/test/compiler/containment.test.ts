// Every text that the parser accepts as a module must stay inside of its function, and have the same meaning there as in a module.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import '../../src/typescript/index.ts';
import { compile } from '../../src/compiler/compile.ts';
import { assertContained } from '../../src/compiler/contained.ts';
import { CompileError } from '../../src/compiler/errors.ts';
import { run } from '../linker/world.ts';

/** Evaluating the compiler's result must only return a function. */
function evaluate(source: string, fileName = 'main.js'): void {
  const context = vm.createContext({});
  const value = vm.runInContext(compile(source, fileName).code, context) as unknown;
  assert.equal(typeof value, 'function');
  assert.deepEqual(Object.keys(context), []);
}

for (const source of [
  '}); globalThis.escaped = 1; (function* () {',
  '} globalThis.escaped = 1; {',
  'x <!-- } ); globalThis.escaped = 1; ({',
  '\n--> });globalThis.escaped = 1;({',
  '/*\n*/--> }); globalThis.escaped = 1; (function* () {',
  '`${',
  '/* never closed',
  '(',
  'return',
  'yield 1',
  'new.target',
  'super.x',
  'with (a) b',
  'await: 1',
  'function f() { await 1 }',
  '0777',
  'delete x',
  'let let = 1',
  'arguments = 1',
  'class A { static { await } }',
  'class A { x = arguments }',
  'import.meta = 1',
  'import a from "a"; let a',
  'let a; let a',
  'a: { a: ; }',
  'break',
  '/(/',
  ' #!late hashbang',
]) {
  test(`${JSON.stringify(source)} is refused`, () => {
    assert.throws(() => evaluate(source), CompileError);
  });
}

for (const source of [
  '// last line', '/* last */', '//', 'x //}', "'use strict'", '"\\u2028"', '`}`', '/}/', '/[/]}/.test("")', '({})\n/1/g', '',
  '#!/usr/bin/env node', '#!', '#!# sourceURL=x', 'let x = 1; x<!--x', 'let y = 1; y-->0', '\u2028//\u2029', '\uFEFFlet z',
  'if (0) { } else /}/.test("")', 'function f() {} /}/', 'x = { } / 1', '`${`}`}`', '({ "}": 1 })', 'label: { break label }', '//# sourceMappingURL=x', 'var \\u0061 = 1',
  'export default (1)', 'export default function () {}', 'export default class {}', 'export default {}\n;[1]', 'export * from "a"', 'import "a"\n(1)', 'export {}\n/1/',
]) {
  test(`${JSON.stringify(source)} stays inside`, () => evaluate(source));
}

test('<!-- and --> are operators, not comments', async () => {
  const { log } = await run({ 'main.js': 'let x = 1, y = 2; log.push(y<!--x, x, y-->1, y\n<!--x)' });
  assert.deepEqual(log, [false, 0, true, false]);
});

test('<!-- in strings, templates, expressions and comments stays', async () => {
  const { log } = await run({ 'main.js': "log.push('<!--', `<!--${'-->'}\n-->`, /<!--/.source) // <!-- -->\n/* <!--\n--> */ log.push(1)" });
  assert.deepEqual(log, ['<!--', '<!---->\n-->', '<!--', 1]);
});

test('text that is not the body of one function is refused by the second lock too', () => {
  const parts = (body: string) => ({ code: `(function* ($_) {${body}})`, parameter: '$_', body });
  assert.throws(() => assertContained(parts('}); escaped(); (function* () {\n'), false), /V8 does not accept/);
  assert.throws(() => assertContained(parts('} /*\n'), false), /V8 does not accept/);
  assertContained(parts('yield;\n'), false);
  assertContained(parts('await 1;\n'), true);
});

test('helper names avoid names of the source, escaped ones too', async () => {
  const { log } = await run({ 'main.js': "import { x } from './a.js'; let $_ = 1, \\u0024$_x = 2; log.push(x, $_, $$_x)", 'a.js': 'export const x = 0' });
  assert.deepEqual(log, [0, 1, 2]);
});

test('what stood around a removed declaration stays apart', async () => {
  const { log } = await run({
    'main.js': "const f = () => log.push('called')\nimport './a.js'\n(1)\nconst g = log\nexport { f }\n[0]\nvar h = f\nexport default (2)\n;(3)\nlog.push(typeof h)",
    'a.js': '',
  });
  assert.deepEqual(log, ['function']);
});

test('a script cannot rename itself in stack traces', async () => {
  const { error } = await run({ 'main.js': 'throw new Error("x")\n//# sourceURL=other.js\n//@ sourceURL=other.js' });
  assert.match(error!.stack, /file:\/\/\/main\.js:1/);
});

test('neither the generator nor its arguments can be reached', async () => {
  const { log } = await run({ 'main.js': `log.push(typeof arguments, (() => { try { return (function () { return this })() } catch { return 1 } })() === undefined);
    function f() { return f.caller } try { f() } catch (e) { log.push(e.name) }` });
  assert.deepEqual(log, ['undefined', true, 'TypeError']);
});
