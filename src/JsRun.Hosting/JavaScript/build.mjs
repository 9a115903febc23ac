// Bundles the two scripts that JsRun embeds: node build.mjs [OUT_FOLDER]
//   runtime.js   evaluated in every context: kernel, bridge, linker and web APIs
//   compiler.js  evaluated in the compiler's isolate: ES modules, TypeScript and JSX to linkable functions
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import * as esbuild from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? path.join(here, 'dist');
const web = path.join(here, 'src/web');

const common = {
  absWorkingDir: here,
  bundle: true,
  format: 'iife',
  platform: 'neutral',
  target: 'esnext',
  mainFields: ['module', 'main'],
  conditions: ['import', 'default'],
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
};

/** Modules of npm packages in whose place ours stand: who asks, for what, and what it gets. */
const replacements = [
  { importer: /whatwg-url/, asked: /^tr46$/, by: 'url/idna.ts' },
  { importer: /whatwg-url/, asked: /^@exodus\/bytes\/encoding\.js$/, by: 'url/percent.ts' },
  { importer: /whatwg-url/, asked: /^@exodus\/bytes\/whatwg\.js$/, by: 'url/percent.ts' },
];

/**
 * Edits of the streams library, each of which must match exactly once: an update that moves them fails the build. They take promises away that nobody sees, some for every chunk:
 * the one that would swallow errors of the library's own reactions, which have none, and the wrapping of `undefined`, which is what most callbacks return.
 */
const edits = [
  ['function h(e,t,o){f(f(e,t,o),void 0,r)}', 'function h(e,t,o){f(e,t,o)}'],
  ['function c(e){return u(t=>t(e))}', 'function c(e){return void 0===e?i(e):u(t=>t(e))}'],
  ['return Function.prototype.apply.call(e,t,r)', 'return Reflect.apply(e,t,r)'],
];

/** Large tables, as text: parsing JSON when first needed is far quicker than having V8 scan an object literal in every context. */
const tables = /tr46.lib.mappingTable\.json$|multi-byte\.encodings\.json$/;

const library = {
  name: 'library',
  setup(build) {
    build.onResolve({ filter: /^(tr46$|@exodus)/ }, (args) => {
      const found = replacements.find((r) => r.importer.test(args.importer) && r.asked.test(args.path));
      if (found === undefined) return undefined;
      return { path: path.join(web, found.by) };
    });
    build.onLoad({ filter: /web-streams-polyfill.dist.ponyfill\.mjs$/ }, async (args) => {
      let contents = await readFile(args.path, 'utf8');
      for (const [find, replace] of edits) {
        if (contents.split(find).length !== 2) throw new Error(`${args.path}: ${find} does not match exactly once`);
        contents = contents.replace(find, () => replace);
      }
      return { contents, loader: 'js' };
    });
    build.onLoad({ filter: tables }, async (args) => ({ contents: `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(await readFile(args.path, 'utf8'))))})`, loader: 'js' }));
  },
};

await Promise.all([
  esbuild.build({
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: path.join(out, 'runtime.js'),
    plugins: [library],
    inject: ['src/web/library-globals.ts'],
  }),
  esbuild.build({ ...common, entryPoints: ['src/compiler/index.ts'], outfile: path.join(out, 'compiler.js') }),
]);
