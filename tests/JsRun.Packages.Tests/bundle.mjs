// Bundles every function with the packages it imports, as its author would: node bundle.mjs FOLDER.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import * as esbuild from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const names = (await readdir(path.join(here, 'functions'), { recursive: true })).filter((name) => /\.tsx?$/.test(name));

await esbuild.build({
  absWorkingDir: here,
  entryPoints: names.map((name) => `functions/${name}`),
  outbase: 'functions',
  outdir: path.resolve(process.argv[2]),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2024',
  mainFields: ['module', 'main'],
  conditions: ['workerd', 'worker', 'edge-light', 'import'],
  define: { 'process.env.NODE_ENV': '"production"' },
  jsx: 'automatic',
  logLevel: 'warning',
});
