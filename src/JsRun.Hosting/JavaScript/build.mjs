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

/** Modules of npm packages in whose place ours stand: who asks, for what, and what it gets. A default export stands for `module.exports`. */
const replacements = [
  { importer: /undici/, asked: /^node:/, by: 'fetch/undici/node.ts' },
  { importer: /undici/, asked: /core\/util$/, by: 'fetch/undici/core-util.ts' },
  { importer: /undici/, asked: /core\/symbols$/, by: 'fetch/undici/core-symbols.ts' },
  { importer: /undici.*(headers|request|response|formdata)\.js$/, asked: /^\.\/util$/, by: 'fetch/undici/fetch-util.ts' },
  { importer: /undici/, asked: /^\.\/body$/, by: 'fetch/body-mixin.ts', namespace: true },
  { importer: /undici/, asked: /^\.\/global$/, by: 'fetch/undici/global.ts' },
  { importer: /undici/, asked: /runtime-features(\.js)?$/, by: 'fetch/undici/runtime-features.ts' },
  { importer: /undici/, asked: /\/encoding$/, by: 'encoding/undici.ts' },
  { importer: /whatwg-url/, asked: /^tr46$/, by: 'url/idna.ts', namespace: true },
  { importer: /whatwg-url/, asked: /^@exodus\/bytes\/encoding\.js$/, by: 'url/percent.ts', namespace: true },
  { importer: /whatwg-url/, asked: /^@exodus\/bytes\/whatwg\.js$/, by: 'url/percent.ts', namespace: true },
];

/** Edits of undici's sources, each of which must match exactly once: an update that moves them fails the build. */
const edits = {
  'fetch/response.js': [
    // Response.json keeps its text: it crosses as text, and is encoded once, by the host.
    [/textEncoder\.encode\(\s*(serializeJavascriptValueToJSONString\(data\))\s*\)/, '$1'],
    // Registering a response for clean-up would make its stream, and clean-up outside an entry is not safe.
    [/innerResponse\.urlList\.length !== 0 && innerResponse\.body\?\.stream/, 'false'],
    [/this\.#state\.urlList\.length !== 0 && this\.#state\.body\?\.stream/, 'false'],
  ],
  'fetch/request.js': [
    [/const identityTransform = new TransformStream\(\)\s*inputBody\.stream\.pipeThrough\(identityTransform\)\s*finalBody = \{[^}]*\}/, 'finalBody = require(\'./body\').moveBody(inputBody)'],
  ],
};

/** Large tables, as text: parsing JSON when first needed is far quicker than having V8 scan an object literal in every context. */
const tables = /tr46.lib.mappingTable\.json$|multi-byte\.encodings\.json$/;

const library = {
  name: 'library',
  setup(build) {
    build.onResolve({ filter: /^(node:|\.|tr46$|@exodus)/ }, (args) => {
      const found = replacements.find((r) => r.importer.test(args.importer) && r.asked.test(args.path));
      if (found === undefined) return undefined;
      const file = path.join(web, found.by);
      return found.namespace ? { path: file } : { path: file, namespace: 'replacement' };
    });
    build.onLoad({ filter: /.*/, namespace: 'replacement' }, (args) => ({ contents: `module.exports = require(${JSON.stringify(args.path)}).default`, resolveDir: here }));
    build.onLoad({ filter: tables }, async (args) => ({ contents: `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(await readFile(args.path, 'utf8'))))})`, loader: 'js' }));
    build.onLoad({ filter: /undici.lib.web.fetch.(request|response)\.js$/ }, async (args) => {
      let contents = await readFile(args.path, 'utf8');
      for (const [find, replace] of edits[`fetch/${path.basename(args.path)}`]) {
        if (contents.split(find).length !== (find.source.includes('(serialize') ? 3 : 2)) throw new Error(`${args.path}: ${find} does not match exactly once`);
        contents = contents.replace(find, replace);
      }
      return { contents, loader: 'js' };
    });
  },
};

await Promise.all([
  esbuild.build({
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: path.join(out, 'runtime.js'),
    plugins: [library],
    inject: ['src/web/fetch/undici/globals.ts'],
  }),
  esbuild.build({ ...common, entryPoints: ['src/compiler/index.ts'], outfile: path.join(out, 'compiler.js') }),
]);
