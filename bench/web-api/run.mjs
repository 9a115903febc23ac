#!/usr/bin/env node
// Runs cases.js in JsRun and in the Node that runs this, in turn, and prints the table: node bench/web-api/run.mjs [ROUNDS]
// JsRun has two lanes with nothing different between them: what they differ by is noise.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const cases = file('cases.js');
const driver = process.env.JSRUN_WPT ?? file('../../artifacts/bin/JsRun.Wpt/release/JsRun.Wpt.dll');
const rounds = Number(process.argv[2] ?? 5);

function resultsOf(command, args, input) {
  const { stdout, status } = spawnSync(command, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'], timeout: 120_000 });
  const line = stdout.split('\n').find((text) => text.startsWith('{"wpt"'));
  if (status !== 0 || line === undefined) throw new Error(`${command} gave no results: build bench/JsRun.Wpt for Release first`);
  const { results, message } = JSON.parse(line);
  if (results === undefined) throw new Error(`${command} failed: ${message}`);
  return results;
}

const jsrun = () => resultsOf('dotnet', [driver], `${cases}\n`);
const node = () => resultsOf(process.execPath, ['-e', `(0, eval)(require('node:fs').readFileSync(${JSON.stringify(cases)}, 'utf8')).then((line) => { console.log(line); })`]);
const lanes = { jsrun: { run: jsrun, all: [] }, again: { run: jsrun, all: [] }, node: { run: node, all: [] } };
for (let round = 0; round < rounds; round++) {
  // Each lane is first as often as the others.
  const order = Object.values(lanes);
  for (let i = 0; i < order.length; i++) {
    const lane = order[(i + round) % order.length];
    lane.all.push(lane.run());
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const of = ({ all }, name) => (all[0][name] === null ? null : median(all.map((results) => results[name])));
const show = (value) => (value === null ? 'none' : value.toFixed(value < 10 ? 2 : 1));
console.log(`| operation (µs, median of ${rounds} runs of the best of 5) | JsRun | Node ${process.versions.node} | JsRun / Node | A/A spread |\n|---|---|---|---|---|`);
for (const name of Object.keys(lanes.jsrun.all[0])) {
  const [mine, again, theirs] = [lanes.jsrun, lanes.again, lanes.node].map((lane) => of(lane, name));
  console.log(`| ${name} | ${show(mine)} | ${show(theirs)} | ${theirs === null ? '' : (mine / theirs).toFixed(2)} | ${(100 * Math.abs(mine - again) / Math.min(mine, again)).toFixed(0)} % |`);
}
