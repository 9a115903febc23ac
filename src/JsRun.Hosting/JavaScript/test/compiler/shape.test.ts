import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../src/compiler/index.ts';
import '../../src/typescript/index.ts';
import { compile } from '../../src/compiler/compile.ts';

const { __jsrunCompile } = globalThis as unknown as { __jsrunCompile(source: string, fileName: string): string };

test('the shape has what the linker needs', () => {
  const { positions, ...shape } = compile("import a, { b as c } from './x.js';\nimport * as n from './y.js'; export { c as d, n }; export * from './x.js';\nexport * as m from './z.js'; export { e as f } from './x.js'; export default 1; export let g", 'main.js').shape;
  assert.equal(typeof positions, 'string');
  assert.deepEqual(shape, {
    imports: [{ specifier: './x.js', line: 1, column: 27 }, { specifier: './y.js', line: 2, column: 20 }, { specifier: './z.js', line: 3, column: 20 }],
    bindings: [{ from: 0, name: 'default', line: 1, column: 8 }, { from: 0, name: 'b', line: 1, column: 13 }, { from: 1, name: null, line: 2, column: 8 }],
    locals: [{ exported: 'default', local: '*default*' }, { exported: 'g', local: 'g' }],
    indirect: [
      { exported: 'm', from: 2, name: null, line: 3, column: 1 }, { exported: 'f', from: 0, name: 'e', line: 3, column: 39 },
      { exported: 'd', from: 0, name: 'b', line: 1, column: 13 }, { exported: 'n', from: 1, name: null, line: 2, column: 8 },
    ],
    stars: [0],
    dynamic: [],
    async: false,
  });
});

test('literal dynamic imports are in the shape, once each', () => {
  const { dynamic } = compile("import('./a.js'); import(`./a.js`); import('./b.json', { with: { type: 'json' } }); import('./c' + x); import('./d.js', options); import('./e.js', {}); import('./f.js', { with: {} }); import('./g.css', { with: { type: 'css' } }); import('\\ud800')", 'main.js').shape;
  assert.deepEqual(dynamic, [{ specifier: './a.js', line: 1, column: 8 }, { specifier: './b.json', type: 'json', line: 1, column: 44 }, { specifier: './e.js', line: 1, column: 138 }, { specifier: './f.js', line: 1, column: 160 }]);
});

test('the same specifier under another type is another request', () => {
  assert.equal(compile("import a from './a.js'; import b from './a.js' with { type: 'text' }; import c from './a.js'", 'main.js').shape.imports.length, 2);
});

test('a specifier that is not a well-formed string is refused', () => {
  assert.throws(() => compile("import '\\ud800'", 'main.js'), /lone surrogate/);
});

for (const [source, isAsync] of [
  ['await 0', true], ['for await (const x of y) ;', true], ['x = `${await 1}`', true], ['class A { [await 1]() {} }', true], ['await using x = null', true],
  ['async () => await 0', false], ['async function f() { for await (const x of y) ; }', false], ['import("./a.js")', false], ['using x = null', false],
] as const) {
  test(`${source} ${isAsync ? 'awaits' : 'does not await'}`, (t) => {
    try {
      assert.equal(compile(source, 'main.js').shape.async, isAsync);
    } catch (error) {
      if (!/V8 does not accept/.test((error as Error).message)) throw error;
      t.skip('this Node has no explicit resource management');
    }
  });
}

test('the entry never throws', () => {
  assert.deepEqual(JSON.parse(__jsrunCompile('let a;\nlet a', 'a.js')), { error: { message: "Identifier 'a' has already been declared", line: 2, column: 5 } });
  assert.match(__jsrunCompile('['.repeat(300_000), 'a.js'), /stack space/);
  assert.match(__jsrunCompile('export default 1', 'a.js'), /^{"code":"\(function\* /);
});
