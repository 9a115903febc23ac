import assert from 'node:assert/strict';
import { test } from 'node:test';
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
