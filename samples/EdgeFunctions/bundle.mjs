// Bundles the functions that use npm packages: bundled/NAME.ts(x) becomes functions/NAME.mjs, one ES module without imports.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import * as esbuild from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const sources = (await readdir(path.join(here, 'bundled'))).filter((name) => /\.tsx?$/.test(name));

await esbuild.build({
  absWorkingDir: here,
  entryPoints: sources.map((name) => `bundled/${name}`),
  outdir: 'functions',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2024',
  mainFields: ['module', 'main'],
  conditions: ['workerd', 'worker', 'edge-light', 'import'],
  define: { 'process.env.NODE_ENV': '"production"' },
  jsx: 'automatic',
  legalComments: 'none',
  logLevel: 'warning',
});
