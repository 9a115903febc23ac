// One classic script out of a test: environment, testharness.js, the scripts it names, the test, and the promise of its results as completion value.
import fs from 'node:fs';
import path from 'node:path';

const page = (name) => fs.readFileSync(new URL(`../page/${name}`, import.meta.url), 'utf8');
const read = (file) => fs.readFileSync(file, 'utf8');

/** What wptserve puts into files whose name has ".sub." in it, for a server with one host. */
function substitute(text, origin) {
  const { hostname, host, port } = new URL(origin);
  const values = [
    [/^(host|domains\[\]?|hosts\[.*)$/, hostname], [/^domains\[/, `www.${hostname}`], [/^ports\[http\]\[0\]/, port || '80'], [/^ports\[http\]\[1\]/, String(Number(port || 80) + 1)],
    [/^ports\[ws\]\[0\]/, String(Number(port || 80) + 2)], [/^ports\[/, '9443'], [/^location\[/, host],
  ];
  return text.replace(/\{\{([^}]*)\}\}/g, (whole, expression) => values.find(([pattern]) => pattern.test(expression))?.[1] ?? whole);
}

function scriptOf(wpt, test, reference) {
  const [name] = reference.split('?');
  // wptserve gives this one from elsewhere.
  if (name === '/resources/WebIDLParser.js') return path.join(wpt, 'resources/webidl2/lib/webidl2.js');
  return name.startsWith('/') ? path.join(wpt, name) : path.join(path.dirname(test.file), name);
}

/** The data files that the sources name, as { '/path': { text } | { base64 } }; none but interfaces where a server gives them. */
function filesFor(wpt, test, sources, idl, served) {
  const files = {};
  const add = (file) => {
    const key = `/${path.relative(wpt, file)}`;
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (key in files || !stat?.isFile() || stat.size > 3e6) return;
    const bytes = fs.readFileSync(file);
    const text = bytes.toString('utf8');
    files[key] = Buffer.from(text, 'utf8').equals(bytes) ? { text } : { base64: bytes.toString('base64') };
  };
  for (const source of sources) {
    for (const [, , name] of source.matchAll(/(["'`])([\w./-]+\.(?:json|idl|txt|wasm|bin|html|csv))(?:\1|[?#])/g)) {
      if (!served) add(name.startsWith('/') ? path.join(wpt, name) : path.join(path.dirname(test.file), name));
    }
    if (idl) for (const [, , name] of source.matchAll(/(["'])([\w-]+)\1/g)) add(path.join(wpt, 'interfaces', `${name}.idl`));
  }
  return files;
}

const originOf = (server) => server ?? 'http://web-platform.test:8000';

/** Where a browser would have the test's page from. */
export const hrefOf = (test, server) => `${originOf(server)}/${test.name.replace(/\.(any|window)\.js$/, '.$1.html')}${test.variant}`;

/** `server` is the origin of a running wptserve, if there is one. */
export function scriptFor(wpt, test, server) {
  const origin = originOf(server);
  const parts = [];
  const sources = [];
  const load = (file) => (file.includes('.sub.') ? substitute(read(file), origin) : read(file));
  for (const reference of test.meta.scripts) {
    const file = scriptOf(wpt, test, reference);
    if (!fs.existsSync(file)) continue;
    const text = load(file);
    if (!/(webidl2|idlharness)\.js$/.test(file)) sources.push(text);
    parts.push(`// ${reference}`, text);
  }
  sources.push(load(test.file));
  const idl = test.meta.scripts.some((script) => script.endsWith('/idlharness.js'));
  const setting = { href: hrefOf(test, server), source: `${origin}/${test.name}`, idl, wait: test.meta.long ? 45_000 : 12_000, files: filesFor(wpt, test, sources, idl, server !== undefined && /^(fetch|service-workers)\//.test(test.name)) };
  const json = JSON.stringify(setting).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
  return [
    `globalThis.__wpt = ${json};`, page('before.js'), read(path.join(wpt, 'resources/testharness.js')), page('after.js'), ...parts, `// ${test.key}`, sources.at(-1), ';globalThis.__wptDone;',
  ].join('\n');
}
