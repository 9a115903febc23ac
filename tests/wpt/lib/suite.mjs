// Which tests there are, and to which row of the table each belongs.
import fs from 'node:fs';
import path from 'node:path';
import { metaOf } from './meta.mjs';

export const suite = JSON.parse(fs.readFileSync(new URL('../suite.json', import.meta.url), 'utf8'));

const skipped = Object.keys(suite.skipped).map((text) => new RegExp(text));
const skippedVariants = Object.keys(suite.skippedVariants).map((text) => new RegExp(text));
const browserOnly = suite.browserOnly.map((text) => new RegExp(text));
const globals = /^(window|worker|dedicatedworker.*|default|!default)$/;

function* filesIn(place) {
  if (fs.statSync(place).isFile()) {
    yield place;
    return;
  }
  for (const name of fs.readdirSync(place).sort()) yield* filesIn(path.join(place, name));
}

/** The tests below the given directories, all by default: { key, file, variant, long }. */
export function testsOf(wpt, directories = suite.tests, filter = undefined) {
  const tests = [];
  for (const directory of directories) {
    const place = path.join(wpt, directory);
    if (!fs.existsSync(place)) throw new Error(`${place} does not exist: run tests/wpt/get.sh, or name the folder with --wpt`);
    for (const file of filesIn(place)) {
      const name = path.relative(wpt, file);
      if (!name.endsWith('.any.js') && !suite.windowTests.includes(name)) continue;
      if (skipped.some((expression) => expression.test(name)) || filter !== undefined && !filter.test(name)) continue;
      const meta = metaOf(fs.readFileSync(file, 'utf8'));
      if (meta.globals !== undefined && !meta.globals.some((global) => globals.test(global))) continue;
      for (const variant of meta.variants.length > 0 ? meta.variants : ['']) if (!skippedVariants.some((expression) => expression.test(variant))) tests.push({ key: name + variant, name, file, variant, meta });
    }
  }
  return tests;
}

export const BROWSER = '(browsers only, not counted)';
export const IDL = '(idlharness, not counted)';

/** The row of a test: rows in parentheses are shown, and not counted. */
export function rowOf(key) {
  if (browserOnly.some((expression) => expression.test(key))) return BROWSER;
  if (key.includes('idlharness')) return IDL;
  return suite.groups.find((group) => key.startsWith(`${group}/`)) ?? path.dirname(key);
}
