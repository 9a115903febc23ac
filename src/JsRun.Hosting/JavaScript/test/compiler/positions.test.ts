import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../src/typescript/index.ts';
import { compile } from '../../src/compiler/compile.ts';
import { CompileError } from '../../src/compiler/errors.ts';
import { positionAt } from '../../src/text/lines.ts';
import { run } from '../linker/world.ts';

for (const [source, line, column, message] of [
  ['let a;\nlet a;', 2, 5, /already been declared/],
  ['\n\n  let a = ;', 3, 11, /Unexpected token/],
  ['export { x };', 1, 10, /Export 'x' is not defined/],
  ['let x; export { x };\nexport { x }', 2, 10, /Duplicate export 'x'/],
  ['export default 1;\nexport default 2', 2, 8, /Duplicate export 'default'/],
  ["import a from './a.json' with { type: 'css' }", 1, 39, /type 'css' is not supported: it must be 'json', 'text', 'bytes' or 'webassembly'/],
  ["import a from './a.json' with {\n  lazy: 'yes' }", 2, 3, /attribute 'lazy' is not supported/],
  ["import a from './a.json' with { type: 'json', type: 'json' }", 1, 47, /Duplicate attribute key/],
  ['a\r\nb\u2028c\rlet let', 4, 5, /./],
] as const) {
  test(`the mistake in ${JSON.stringify(source)} is at ${line}:${column}`, () => {
    assert.throws(() => compile(source, 'main.js'), (error) => {
      assert.ok(error instanceof CompileError);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\(\d+:\d+\)/);
      assert.deepEqual([error.line, error.column], [line, column]);
      return true;
    });
  });
}

test('a mistake in TypeScript is at its place', () => {
  assert.throws(() => compile('type A = 1;\nconst a: = 2', 'main.ts'), { line: 2, column: 10 });
});

test('a module that nests too deeply is an error, not a crash', () => {
  assert.doesNotThrow(() => compile(`x = ${'1 + '.repeat(2000)}1`, 'main.js'));
  assert.throws(() => compile('['.repeat(200_000), 'main.js'), /stack space/);
});

test('every line keeps its number', async () => {
  const source = "import {\n  a\n}\nfrom\n'./a.js'\nexport\n{\n  b\n}\nexport\ndefault\n/* one\n two */\nclass\n{}\nvar b = a\nimport\n.meta\nexport * from './a.js'\nthrow new Error('line 20')";
  const { error } = await run({ 'main.js': source, 'a.js': 'export const a = 1' });
  assert.match(error!.stack, /file:\/\/\/main\.js:20:7/);
  assert.equal(compile(source, 'main.js').code.split('\n').length, source.split('\n').length + 1);
});

test('positions count UTF-16 code units and the line ends of ECMAScript', () => {
  assert.deepEqual(positionAt('a\n😀b', 4), { line: 2, column: 3 });
  assert.deepEqual(positionAt('a\r\nb', 3), { line: 2, column: 1 });
  assert.deepEqual(positionAt('a\nb', 1), { line: 1, column: 2 });
});
