#!/usr/bin/env node
// Runs web-platform-tests in JsRun and prints its rates beside Node's and Deno's. README.md says how.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drivers } from './lib/driver.mjs';
import { load, namesOf, passedOf, save } from './lib/results.mjs';
import { hrefOf, scriptFor } from './lib/script.mjs';
import { serve } from './lib/server.mjs';
import { rowOf, suite, testsOf } from './lib/suite.mjs';

const artifacts = fileURLToPath(new URL('../../artifacts/', import.meta.url));
const { values: options, positionals: [command, ...directories] } = parseArgs({
  allowPositionals: true,
  options: {
    wpt: { type: 'string', default: process.env.WPT ?? path.join(artifacts, 'wpt') },
    results: { type: 'string', default: path.join(artifacts, 'wpt-results') },
    driver: { type: 'string', multiple: true, default: ['jsrun'] },
    filter: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    serve: { type: 'boolean', default: false },
    server: { type: 'string' },
    max: { type: 'string', default: '5' },
    vs: { type: 'string' },
  },
});
const tests = () => testsOf(options.wpt, directories.length > 0 ? directories : undefined, options.filter === undefined ? undefined : new RegExp(options.filter));

async function runTest(driver, file, test, server) {
  fs.writeFileSync(file, scriptFor(options.wpt, test, server));
  const { line, hung } = await driver.run(file, test.meta.long ? 60_000 : 25_000, hrefOf(test, server));
  if (line === undefined) return { status: hung ? 'hung' : 'died', message: null, tests: [] };
  const { status, message, tests: subtests } = JSON.parse(line);
  // The server's port differs from run to run, and some names hold it.
  return { status, message, tests: subtests.map(([name, ...rest]) => [name.replace(/(localhost|127\.0\.0\.1):\d+/g, '$1'), ...rest]) };
}

async function run() {
  const server = options.serve ? await serve(options.wpt) : undefined;
  const origin = server?.origin ?? options.server;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wpt-'));
  const list = tests();
  // Only hosts that are named give the loopback.
  const permissions = ['net:*', ...(origin === undefined ? [] : ['net:localhost', 'net:127.0.0.1', 'net:www.localhost', 'net:www2.localhost'])];
  try {
    for (const name of options.driver) {
      const results = load(options.results, name);
      let next = 0;
      await Promise.all(Array.from({ length: Number(options.jobs) }, async (_, job) => {
        const driver = drivers[name](permissions);
        while (next < list.length) {
          const test = list[next++];
          results[test.key] = await runTest(driver, path.join(folder, `${job}.js`), test, origin);
          if (next % 50 === 0) save(options.results, name, results);
        }
        driver.stop();
      }));
      save(options.results, name, results);
    }
  } finally {
    server?.stop();
    fs.rmSync(folder, { recursive: true });
  }
}

function failures() {
  const mine = load(options.results, options.driver[0]);
  const theirs = options.vs === undefined ? undefined : load(options.results, options.vs);
  for (const { key } of tests()) {
    const result = mine[key];
    if (result === undefined) continue;
    const wanted = theirs && passedOf(theirs[key]);
    const failed = result.tests.filter(([name, status]) => status !== 0 && (wanted === undefined || wanted.has(name)));
    const unreported = wanted === undefined ? 0 : [...wanted].filter((name) => !namesOf(result).has(name)).length;
    if (failed.length === 0 && unreported === 0 && (result.status === 0 || wanted !== undefined)) continue;
    console.log(`${key}: ${failed.length} of ${result.tests.length} failed${unreported > 0 ? `, ${unreported} did not report` : ''}${result.status === 0 ? '' : ` [${result.status}: ${result.message}]`}`);
    for (const [name, status, message] of failed.slice(0, Number(options.max))) console.log(`    ${status === 2 ? 'timeout' : status === 3 ? 'not run' : 'failed'}: ${name} :: ${(message ?? '').slice(0, 240)}`);
  }
}

async function check() {
  const { compare } = await import('./lib/expectations.mjs');
  const results = load(options.results, options.driver[0]);
  let count = 0;
  for (const { key } of tests()) {
    if (results[key] === undefined || rowOf(key).startsWith('(')) continue;
    const { unexpected, surprising } = compare(key, results[key]);
    if (surprising) console.log(`${key}: expected to fail somewhere, and passes: strike it out of expectations.json`);
    for (const [name, , message] of unexpected) console.log(`${key}: ${name === '' ? '(the file)' : name} :: ${(message ?? '').slice(0, 160)}`);
    count += unexpected.length;
  }
  console.log(`${count} unexpected failures`);
  process.exitCode = count > 0 ? 1 : 0;
}

/** Writes peers.json: for each test the subtests that count (those that a peer passed, or both reported), and what Node and Deno passed of them. */
function writePeers() {
  const [node, deno] = ['node', 'deno'].map((name) => load(options.results, name));
  const known = { ...JSON.parse(fs.readFileSync(new URL('peers.json', import.meta.url), 'utf8')).tests };
  for (const { key } of tests()) {
    // What was not measured anew stays.
    if (node[key] === undefined || deno[key] === undefined) continue;
    const passed = [node, deno].map((results) => passedOf(results[key]));
    const union = new Set([...passed[0], ...passed[1], ...[...namesOf(node[key])].filter((name) => namesOf(deno[key]).has(name))]);
    known[key] = [union.size, passed[0].size, passed[1].size];
  }
  const lines = Object.entries(known).map(([key, counts]) => `    ${JSON.stringify(key)}: ${JSON.stringify(counts)}`);
  const head = { measured: new Date().toISOString().slice(0, 10), commit: suite.commit, node: process.versions.node, deno: execFileSync(process.env.DENO ?? 'deno', ['--version'], { encoding: 'utf8' }).split(' ')[1] };
  fs.writeFileSync(new URL('peers.json', import.meta.url), `{\n${Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},\n`).join('')}  "tests": {\n${lines.join(',\n')}\n  }\n}\n`);
}

const commands = {
  run,
  table: async () => { (await import('./lib/table.mjs')).printTable(tests(), load(options.results, options.driver[0])); },
  failures,
  check,
  peers: writePeers,
  script: () => { for (const test of tests()) process.stdout.write(scriptFor(options.wpt, test, options.server)); },
};
if (commands[command] === undefined) {
  console.error(`usage: wpt.mjs ${Object.keys(commands).join('|')} [DIRECTORY …] (see tests/wpt/README.md)`);
  process.exitCode = 2;
} else {
  await commands[command]();
}
