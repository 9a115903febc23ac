// Makes the sources those of a version: "node build/release.mjs 1.2.0 [DATE]". Writes the version, CHANGELOG.md, the lists of the public API, and the configuration that later versions must still start with.
// Commits nothing: see docs/operations/releases.md.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?$/;
const HEADING = '## [Unreleased]';

/** The heading of what is not released, empty, and what was below it under the version's. */
export function releaseChangelog(text, version, date) {
  const start = text.indexOf(`\n${HEADING}\n`);
  if (start < 0) throw new Error(`CHANGELOG.md has no heading "${HEADING}".`);
  if (text.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md has a heading for ${version} already.`);
  const body = start + HEADING.length + 2;
  const next = text.indexOf('\n## [', body);
  const changes = text.slice(body, next < 0 ? text.length : next).trim();
  if (changes === '') throw new Error(`CHANGELOG.md says nothing below "${HEADING}": there is nothing to release.`);
  const rest = next < 0 ? '' : `\n${text.slice(next + 1)}`;
  return `${text.slice(0, body)}\n## [${version}] - ${date}\n\n${changes}\n${rest}`;
}

/** What was new is shipped; a line that begins with *REMOVED* takes the shipped line away. */
export function releaseApi(shipped, unshipped) {
  const lines = (text) => text.split(/\r?\n/).filter((line) => line !== '' && line !== '#nullable enable');
  const all = new Set(lines(shipped));
  for (const line of lines(unshipped)) {
    if (!line.startsWith('*REMOVED*')) all.add(line);
    else if (!all.delete(line.slice('*REMOVED*'.length))) throw new Error(`${line} removes what was not shipped.`);
  }
  return { shipped: ['#nullable enable', ...[...all].sort(), ''].join('\n'), unshipped: '#nullable enable\n' };
}

export function releaseProps(text, version) {
  const [, major, minor, patch] = VERSION.exec(version) ?? [];
  if (major === undefined) throw new Error(`'${version}' is no version: write MAJOR.MINOR.PATCH, with -suffix for a preview.`);
  const result = text.replace(/<VersionPrefix>[^<]*<\/VersionPrefix>/, `<VersionPrefix>${major}.${minor}.${patch}</VersionPrefix>`);
  if (!result.includes(`<VersionPrefix>${major}.${minor}.${patch}</VersionPrefix>`)) throw new Error('Directory.Build.props has no VersionPrefix.');
  return result;
}

/** A configuration that names every key of the schema that has a default, with that value. */
export function settingsOf(schema) {
  const values = (node) => {
    const result = {};
    for (const [name, child] of Object.entries(node.properties ?? {})) {
      if (child.properties !== undefined) {
        const inner = values(child);
        if (Object.keys(inner).length > 0) result[name] = inner;
      } else if (child.default !== undefined) {
        result[name] = child.type === 'boolean' ? String(child.default).toLowerCase() === 'true' : child.default;
      }
    }
    return result;
  };
  return `${JSON.stringify(values(schema), null, 2)}\n`;
}

function release(version, date) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const edits = new Map();
  const read = (file) => readFileSync(path.join(root, file), 'utf8');
  edits.set('Directory.Build.props', releaseProps(read('Directory.Build.props'), version));
  edits.set('CHANGELOG.md', releaseChangelog(read('CHANGELOG.md'), version, date));
  for (const project of readdirSync(path.join(root, 'src'))) {
    const [shipped, unshipped] = ['Shipped', 'Unshipped'].map((kind) => `src/${project}/PublicAPI.${kind}.txt`);
    try {
      const api = releaseApi(read(shipped), read(unshipped));
      edits.set(shipped, api.shipped).set(unshipped, api.unshipped);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  edits.set(`tests/JsRun.Hosting.Tests/Options/Releases/${version}.json`, settingsOf(JSON.parse(read('appsettings.schema.json'))));
  // Nothing is written before all of it is known to work.
  for (const [file, text] of edits) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    console.log(file);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [version, date = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);
  try {
    if (version === undefined) throw new Error('Which version? node build/release.mjs MAJOR.MINOR.PATCH [DATE]');
    release(version, date);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
