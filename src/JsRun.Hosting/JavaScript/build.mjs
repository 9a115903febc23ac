// Bundles what JsRun embeds: node build.mjs [OUT_FOLDER]
//   runtime.js   evaluated in every context: kernel, bridge, linker and web APIs
//   tables.json  the text of large tables, by name
//   planner.js   evaluated in a context of its own where a classic script declares something
//   compiler.js  evaluated in the compiler's isolate: ES modules to linkable functions
//   testing.js   an ES module, jsrun:test: what test files import; embedded in the command line
//   repl.js      evaluated in the runtime of `jsrun repl`; embedded in the command line
//   node.json.br  (compressed) the modules of Node.js by their URLs: they are compiled with the functions that import them
//   typescript.js.br  (compressed) evaluated there as well, when the first module comes that has types or JSX
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { divide } from './chunks.mjs';
import { chunkOf } from './lazy.mjs';
import { bundleNodeModules } from './node-modules.mjs';

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

/** Modules that replace those of npm packages: the importing package, the imported module, and its replacement. */
const replacements = [
  { importer: /whatwg-url/, asked: /^tr46$/, by: 'url/idna.ts' },
  { importer: /whatwg-url/, asked: /^@exodus\/bytes\/encoding\.js$/, by: 'url/percent.ts' },
  { importer: /whatwg-url/, asked: /^@exodus\/bytes\/whatwg\.js$/, by: 'url/percent.ts' },
  { importer: /@exodus/, asked: /^@exodus\/bytes\/base64\.js$/, by: 'encoding/legacy-base64.ts' },
];

/**
 * CommonJS as a module, so that it is divided like the rest (chunks.mjs): esbuild would put it, and all that it asks for, into wrappers of its own, and neither package has an ES module.
 * A text of another kind fails the build.
 */
const commonJs = /(?:whatwg-url|tr46).lib.[\w-]+\.js$|tr46.index\.js$/;
const toModule = (text) => text
  .replace(/^require\([^)]*\);.*$/gm, '')
  .replace(/^const (\w+) = require\(("[^"]*\.json")\);/gm, 'import $1 from $2;')
  .replace(/^const (\w+) = require\(("[^"]*")\);/gm, 'import * as $1 from $2;')
  .replace(/^const (\{[^}]*\}) = require\(("[^"]*")\);/gm, 'import $1 from $2;')
  .replace(/^module\.exports = (\{[\s\w,]*\});/m, 'export $1;')
  .replace(/^module\.exports\.([A-Z]\w+) = /m, 'export const $1 = ')
  .replace(/^(?=module\.exports\.)/m, 'const exported = {};\nexport default exported;\n')
  .replaceAll('module.exports.', 'exported.');

/** Large tables, of which modules read the text when they are first needed (src/kernel/tables.ts). */
const tables = {};
const tablePath = /tr46.lib.(?:mappingTable\.json|regexes\.js)$|multi-byte\.encodings\.json$/;
const require = createRequire(import.meta.url);

function loadTable(file) {
  const name = path.basename(file).replace(/\.\w+$/, '');
  const value = require(file);
  const isExpressions = name === 'regexes';
  tables[name] = JSON.stringify(isExpressions ? Object.entries(value).map(([key, { source, flags }]) => [key, source, flags]) : value);
  const read = `import { readTable } from ${JSON.stringify(path.join(here, 'src/kernel/tables.ts'))};`;
  if (!isExpressions) return `${read} export default readTable('${name}');`;
  return `${read} const expressions = readTable('${name}').map(([, source, flags]) => new RegExp(source, flags)); export const [${Object.keys(value).join(', ')}] = expressions;`;
}

/**
 * What @exodus/bytes may see of the global object. It is evaluated after user code, and must not use globals that user code has replaced, nor features that V8 does not have while an image is built.
 */
const bareGlobals = { globalThis: 'libraryGlobal', 'Uint8Array.fromBase64': 'undefined', 'Uint8Array.prototype.toBase64': 'undefined' };

const library = {
  name: 'library',
  setup(build) {
    build.onResolve({ filter: /^(tr46$|@exodus)/ }, (args) => {
      const found = replacements.find((r) => r.importer.test(args.importer) && r.asked.test(args.path));
      if (found === undefined) return undefined;
      return { path: path.join(web, found.by) };
    });
    build.onLoad({ filter: tablePath }, (args) => ({ contents: loadTable(args.path), loader: 'js' }));
    build.onLoad({ filter: commonJs }, async (args) => {
      const contents = toModule(await readFile(args.path, 'utf8'));
      if (/require\(|module\.exports/.test(contents)) throw new Error(`${args.path} is CommonJS of a kind that is not known`);
      return { contents, loader: 'js' };
    });
    build.onLoad({ filter: /@exodus.bytes.*\.js$/ }, async (args) => {
      const { code } = await esbuild.transform(await readFile(args.path, 'utf8'), { define: bareGlobals, target: 'esnext' });
      // A new version of it may ask for more.
      const [found] = /\bglobalThis\b|\bUint8Array\.(?:prototype|fromBase64)\b/.exec(code) ?? [];
      if (found !== undefined) throw new Error(`${args.path} uses ${found}, which user code can replace: see bareGlobals in build.mjs`);
      return { contents: code, loader: 'js' };
    });
    build.onLoad({ filter: /multi-byte\.encodings\.cjs$/ }, () => ({ contents: "import encodings from './multi-byte.encodings.json'; export default () => encodings;", loader: 'js' }));
  },
};

await mkdir(out, { recursive: true });

/** An expression: what plans classic scripts. */
async function buildPlanner() {
  const { outputFiles: [{ text }] } = await esbuild.build({ ...common, minify: true, globalName: 'planner', entryPoints: ['src/scripts/planner.ts'], write: false });
  await writeFile(path.join(out, 'planner.js'), `(() => { ${text}return planner.ask; })()`);
}

/** Bundled, divided, and only then minified, because comments name the modules. */
async function buildRuntime() {
  const { outputFiles: [{ text }], metafile } = await esbuild.build({
    ...common,
    minifyWhitespace: false,
    minifySyntax: false,
    entryPoints: ['src/index.ts'],
    plugins: [library],
    inject: ['src/web/library-globals.ts'],
    metafile: true,
    write: false,
  });
  const { code } = await esbuild.transform(divide(text, Object.keys(metafile.inputs), chunkOf), { target: 'esnext', legalComments: 'none', minify: true });
  await writeFile(path.join(out, 'runtime.js'), code);
  await writeFile(path.join(out, 'tables.json'), JSON.stringify(Object.fromEntries(Object.entries(tables).sort())));
}

/** TypeScript's own compiler, for a file system and a process that are not there. Compressed: it is as large as all else together. */
async function buildTypeScript() {
  const { outputFiles: [{ contents }] } = await esbuild.build({
    ...common,
    minify: true,
    mainFields: ['main'],
    external: ['fs', 'path', 'os', 'inspector', 'perf_hooks'],
    entryPoints: ['src/typescript/index.ts'],
    write: false,
  });
  await writeFile(path.join(out, 'typescript.js.br'), brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } }));
}

async function buildNodeModules() {
  const texts = JSON.stringify(await bundleNodeModules(here, common));
  await writeFile(path.join(out, 'node.json.br'), brotliCompressSync(texts, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}

await Promise.all([
  buildNodeModules(),
  buildRuntime(),
  buildPlanner(),
  esbuild.build({ ...common, entryPoints: ['src/compiler/index.ts'], outfile: path.join(out, 'compiler.js') }),
  esbuild.build({ ...common, format: 'esm', entryPoints: ['src/testing/index.ts'], outfile: path.join(out, 'testing.js') }),
  esbuild.build({ ...common, entryPoints: ['src/testing/repl.ts'], outfile: path.join(out, 'repl.js') }),
  buildTypeScript(),
]);
