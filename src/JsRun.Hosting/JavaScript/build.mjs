// Bundles the two scripts that JsRun embeds: node build.mjs [OUT_FOLDER]
//   runtime.js   evaluated in every context: kernel, bridge, linker and web APIs
//   compiler.js  evaluated in the compiler's isolate: ES modules, TypeScript and JSX to linkable functions
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import * as esbuild from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? path.join(here, 'dist');

const common = {
  absWorkingDir: here,
  bundle: true,
  format: 'iife',
  platform: 'neutral',
  target: 'esnext',
  mainFields: ['module', 'main'],
  conditions: ['import', 'default'],
  legalComments: 'none',
  logLevel: 'warning',
};

await Promise.all([
  esbuild.build({ ...common, entryPoints: ['src/index.ts'], outfile: path.join(out, 'runtime.js') }),
  esbuild.build({ ...common, entryPoints: ['src/compiler/index.ts'], outfile: path.join(out, 'compiler.js') }),
]);
