// Bundles Node's modules (node/): one module for each `node:` URL, and internal ones for what several of them share. They become part of the graph of a function that imports one, and run as its own code.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

const INTERNAL = 'node:jsrun/';

/** What packages import, and what takes its place. */
const replacements = new Map(Object.entries({
  'process/': 'lib/process.cjs', 'events': 'events.js', 'buffer': 'buffer.js', 'buffer/': 'buffer.js', 'util': 'util.js', 'util/': 'util.js', 'punycode': 'punycode.js', 'abort-controller': 'lib/abort-controller.cjs', 'safe-buffer': 'lib/safe-buffer.cjs',
  'string_decoder': 'string_decoder.js', 'string_decoder/': 'string_decoder.js', 'is-nan': 'lib/is-nan.cjs', 'object-is': 'lib/object-is.cjs', 'object.assign/polyfill': 'lib/object-assign.cjs', 'qs': 'lib/qs.cjs',
  'call-bind/callBound': 'lib/call-bound.cjs',
}));

/** @returns the texts by their URLs */
export async function bundleNodeModules(here, common) {
  const root = path.join(here, 'node');
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.js') && !file.startsWith('lib/')).sort();
  const replace = {
    name: 'replace',
    setup(build) {
      // It looks for methods that V8 adds only when it restores an image, and a top level that reads them keeps a function out of images.
      build.onLoad({ filter: /@noble.hashes.utils\.js$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        const contents = text.replace(/const hasHexBuiltin = [^]*?\)\(\);/, 'const hasHexBuiltin = false;');
        if (contents === text) throw new Error(`${file} finds out otherwise whether there is Uint8Array.fromHex`);
        return { contents, loader: 'js' };
      });
      // It takes the methods off the built-ins. In a hardened context many of these are accessors, so that objects that inherit from them can have properties of the same name (src/hardened/mend.ts).
      build.onLoad({ filter: /node-inspect-extracted.dist.inspect\.js$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        const contents = text.replace(/getOwnPropertyDescriptor:(\w+),(ownKeys:\w+\}=Reflect)/,
          '$2,$1=(o,k)=>{const d=Reflect.getOwnPropertyDescriptor(o,k);if(d?.get&&d.set&&!["__proto__","caller","arguments"].includes(k)){const value=d.get.call(o);return{value,writable:true,enumerable:d.enumerable,configurable:true}}return d}');
        if (contents === text) throw new Error(`${file} takes the methods of built-ins otherwise`);
        return { contents, loader: 'js' };
      });
      build.onResolve({ filter: /^node:jsrun\/host$/ }, ({ path: url }) => ({ path: url, external: true }));
      build.onResolve({ filter: /^node:/ }, ({ path: url }) => ({ path: path.join(root, `${url.slice('node:'.length)}.js`) }));
      build.onResolve({ filter: /^[a-z]/ }, (args) => {
        const by = replacements.get(args.path);
        return by === undefined || args.importer.startsWith(root + path.sep) ? undefined : { path: path.join(root, by) };
      });
    },
  };
  const { outputFiles } = await esbuild.build({
    ...common, format: 'esm', mainFields: ['main'], conditions: ['require', 'default'], splitting: true, write: false, outdir: root, outbase: root, chunkNames: 'chunk/[hash]', minify: false, minifyWhitespace: true, minifySyntax: true,
    entryPoints: entries.map((file) => path.join(root, file)), plugins: [replace], define: { 'process.env.NODE_DEBUG': 'undefined', 'process.env.READABLE_STREAM': '"disable"', 'process.env.NODE_NDEBUG': 'undefined', 'process.version': '"v22.12.0"' },
  });
  const urlOf = (file) => {
    const name = path.relative(root, file).replaceAll('\\', '/').replace(/\.js$/, '');
    return name.startsWith('chunk/') ? `${INTERNAL}${name.slice('chunk/'.length)}` : `node:${name}`;
  };
  return Object.fromEntries(outputFiles.map(({ path: file, text }) => [urlOf(file), text.replace(/\b(from|import)(\s*)"(\.\.?\/[^"]+\.js)"/g, (_, keyword, space, target) => `${keyword}${space}"${urlOf(path.resolve(path.dirname(file), target))}"`)]).sort());
}
