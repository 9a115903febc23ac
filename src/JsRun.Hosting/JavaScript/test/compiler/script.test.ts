import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewriteScript } from '../../src/compiler/script.ts';
import { IMPORT_NAME } from '../../src/linker/names.ts';

const I = IMPORT_NAME;

for (const [source, expected] of [
  ["import('x')", `${I}(1,   'x')`],
  ["const a = 1; import('x', { with: { type: 'json' } }).then(f)", `const a = 1; ${I}(1,   'x', { with: { type: 'json' } }).then(f)`],
  ["async () => { await import ('x') }", `async () => { await ${I}(1,    'x') }`],
  ["import // why\n(\n'x')", `${I}(1,\n\n'x')`],
  ["`${import('a')}` + import(import('b'))", `\`\${${I}(1,   'a')}\` + ${I}(1,   ${I}(1,   'b'))`],
  ["import('x',)", `${I}(1,   'x',)`],
  ["const m = await import('x'); m.y", `const m = await ${I}(1,   'x'); m.y`],
  ['var await; import("x")', `var await; ${I}(1,   "x")`],
  ['with (o) { import("x") }', `with (o) { ${I}(1,   "x") }`],
] as const) {
  test(`${source} calls the kernel`, () => { assert.equal(rewriteScript(source, 1), expected); });
}

for (const source of ["'import(1)'", '/import(1)/', '// import(1)', 'o.import(1)', "import x from 'y'", 'let let', `${I}; import('x')`, '']) {
  test(`${source} stays as it is`, () => { assert.equal(rewriteScript(source, 1), undefined); });
}

test('columns stay for up to three digits', () => {
  for (const script of [1, 12, 123]) assert.equal(rewriteScript("import('x'); y", script)!.indexOf('y'), 13);
});
