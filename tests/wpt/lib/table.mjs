// The table: a row for each directory, JsRun's rate beside Node's and Deno's.
import fs from 'node:fs';
import { namesOf, passedOf } from './results.mjs';
import { rowOf } from './suite.mjs';

export const peers = JSON.parse(fs.readFileSync(new URL('../peers.json', import.meta.url), 'utf8'));

/** Two subtests less than Deno are allowed. */
const ALLOWED = 2;

const percent = (part, whole) => (100 * part / whole).toFixed(1);

/** What a test counts: at least the subtests that the peers counted, so that who dies early is charged for what it never ran. */
function count(key, result) {
  const [subtests = 0, node = 0, deno = 0] = peers.tests[key] ?? [];
  const passed = passedOf(result).size;
  return { total: Math.max(1, subtests, peers.tests[key] === undefined ? namesOf(result).size : passed), passed, node, deno, known: peers.tests[key] !== undefined };
}

export function rowsOf(tests, results) {
  const rows = new Map();
  for (const { key } of tests) {
    if (results[key] === undefined) continue;
    const name = rowOf(key);
    const row = rows.get(name) ?? { name, files: 0, whole: 0, total: 0, passed: 0, node: 0, deno: 0, known: true };
    const { total, passed, node, deno, known } = count(key, results[key]);
    rows.set(name, Object.assign(row, {
      files: row.files + 1, whole: row.whole + (passed === total), total: row.total + total, passed: row.passed + passed, node: row.node + node, deno: row.deno + deno, known: row.known && known,
    }));
  }
  const isCounted = ({ name }) => !name.startsWith('(');
  const all = [...rows.values()];
  return [...all.filter(isCounted), ...all.filter((row) => !isCounted(row))];
}

const line = ({ name, files, whole, total, passed, node, deno }, short = false) =>
  `| ${name} | ${files} | ${total} | ${percent(passed, total)}${short ? '' : ` (${whole}/${files})`} | ${percent(node, total)} | ${percent(deno, total)} | ${!short && !name.startsWith('(') && passed < deno - ALLOWED ? `${deno - passed} fewer than Deno` : ''} |`;

export function printTable(tests, results) {
  const rows = rowsOf(tests, results);
  const counted = rows.filter(({ name }) => !name.startsWith('('));
  const sum = counted.reduce((a, b) => ({
    files: a.files + b.files, total: a.total + b.total, passed: a.passed + b.passed, node: a.node + b.node, deno: a.deno + b.deno, whole: 0,
  }), { files: 0, total: 0, passed: 0, node: 0, deno: 0, whole: 0 });
  console.log(`| directory | files | subtests | JsRun (files passed whole) | Node ${peers.node} | Deno ${peers.deno} | |\n|---|---|---|---|---|---|---|`);
  for (const row of rows) console.log(line(row));
  if (counted.length > 0) console.log(line({ ...sum, name: '**all counted subtests**' }, true));
}
