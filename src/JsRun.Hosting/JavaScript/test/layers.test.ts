// Which folder of the sources may import which. Each table is in the order of its layers, lowest first, and an entry may name only what stands before it: so no folders import each other in a circle.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-compiler';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** The folders of `src`, each with those that it may import. `.` is the entry file and what it loads. */
const folders: Record<string, readonly string[]> = {
  // What runs anywhere: text, its lines and its edits; TypeScript's compiler.
  text: [],
  typescript: [],
  // What the command line gives test files and its prompt: users' code, beside the runtime.
  testing: [],
  // The crossing to the host, and the intrinsics that all trusted code uses.
  kernel: [],
  // The language: values that cross, modules, stack traces, host functions, the compiler of modules and classic scripts.
  values: ['kernel'],
  node: ['kernel'],
  linker: ['text', 'kernel', 'values', 'node'],
  stack: ['text', 'kernel', 'linker'],
  bindings: ['kernel', 'values'],
  compiler: ['text', 'typescript', 'linker'],
  scripts: ['text', 'kernel', 'values', 'stack'],
  // The web APIs.
  web: ['kernel', 'linker', 'bindings'],
  // Requests, streams that cross as values, and what the surface and an image need of all of these.
  'crossing-streams': ['kernel', 'values', 'bindings', 'web'],
  bridge: ['kernel', 'linker', 'bindings', 'web'],
  hardened: ['kernel', 'linker', 'web'],
  surface: ['kernel', 'linker', 'web', 'hardened'],
  image: ['kernel', 'linker', 'surface'],
  '.': ['kernel', 'values', 'linker', 'stack', 'bindings', 'scripts', 'web', 'crossing-streams', 'bridge', 'image'],
};

/** The folders of `src/web` in layers, lowest first: one may import those of lower layers. DOM and HTML may import each other too, because the two standards do. */
const webLayers: readonly (readonly string[])[] = [
  ['async-context', 'webidl'],
  ['console', 'streams'],
  ['encoding'],
  ['bodies', 'compression', 'crypto', 'file'],
  ['structured-clone', 'url'],
  ['dom', 'html', 'urlpattern'],
  ['broadcast', 'fetch', 'hr-time', 'performance-timeline'],
  ['caches', 'event-source', 'user-timing', 'webassembly', 'websockets'],
  ['.'],
];

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'));

const folderOf = (file: string): string => file.includes('/') ? file.slice(0, file.indexOf('/')) : '.';

/** The folders within a folder of `src` that have sources. */
const foldersIn = (root: string): string[] => [...new Set(sources.filter((source) => source.startsWith(root)).map((source) => folderOf(source.slice(root.length))))].sort();

interface Import { file: string; target: string; from: string; to: string }

/** The imports within a folder of `src` that lead from one of its folders to another. */
function importsBetween(root: string): Import[] {
  const found: Import[] = [];
  for (const source of sources.filter((name) => name.startsWith(root))) {
    const file = source.slice(root.length);
    for (const { fileName } of ts.preProcessFile(readFileSync(path.join(src, source), 'utf8')).importedFiles) {
      if (!fileName.startsWith('.')) continue;
      const target = path.posix.join(path.posix.dirname(source), fileName);
      if (!target.startsWith(root)) continue;
      const [from, to] = [folderOf(file), folderOf(target.slice(root.length))];
      if (from !== to) found.push({ file: source, target, from, to });
    }
  }
  return found;
}

test('a folder imports only the folders that the table allows', () => {
  const wrong = importsBetween('').filter(({ from, to }) => folders[from]?.includes(to) !== true).map(({ file, target }) => `${file} imports ${target}`);

  assert.deepEqual(wrong, []);
});

test('the table of folders has no circle, no folder that is not there, and no right that is not used', () => {
  const order = Object.keys(folders);
  const used = new Set(importsBetween('').map(({ from, to }) => `${from} → ${to}`));

  assert.deepEqual(order.flatMap((folder, at) => folders[folder]!.filter((other) => !order.slice(0, at).includes(other)).map((other) => `${folder} → ${other}`)), []);
  assert.deepEqual(order.flatMap((folder) => folders[folder]!.map((other) => `${folder} → ${other}`)).filter((edge) => !used.has(edge)), []);
  assert.deepEqual([...order].sort(), foldersIn(''));
});

test('a web API imports only web APIs of lower layers', () => {
  const layerOf = (folder: string): number => webLayers.findIndex((layer) => layer.includes(folder));
  const mayImport = (from: string, to: string): boolean => layerOf(to) < layerOf(from) || [from, to].sort().join() === 'dom,html';
  const wrong = importsBetween('web/').filter(({ from, to }) => !mayImport(from, to)).map(({ file, target }) => `${file} imports ${target}`);

  assert.deepEqual(wrong, []);
  assert.deepEqual(webLayers.flat().sort(), foldersIn('web/'));
});
