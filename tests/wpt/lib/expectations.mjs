// The failures that are expected, each with its reason: [{ reason, tests: { test: [name of a subtest, "*" for any text; "" where subtests do not report at all] | "*" } }].
import fs from 'node:fs';
import { peers } from './table.mjs';

const expectations = JSON.parse(fs.readFileSync(new URL('../expectations.json', import.meta.url), 'utf8'));
const escape = (text) => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replace(/\*/g, '.*');
const matcher = (patterns) => {
  const expressions = [patterns].flat().map((pattern) => new RegExp(`^${escape(pattern)}$`, 's'));
  return (name) => expressions.some((expression) => expression.test(name));
};

const byTest = new Map();
for (const { tests } of expectations) {
  for (const [key, patterns] of Object.entries(tests)) byTest.set(key, [...byTest.get(key) ?? [], matcher(patterns)]);
}

/** The failures of a test that nothing explains, and whether it was expected to fail and does not. */
export function compare(key, result) {
  const matchers = byTest.get(key) ?? [];
  const expected = (name) => matchers.some((matches) => matches(name));
  const failed = result.tests.filter(([, status]) => status !== 0);
  const unexpected = failed.filter(([name]) => !expected(name));
  // The whole file: the harness failed, or it gave fewer subtests than it gives elsewhere.
  const [, , deno = 0] = peers.tests[key] ?? [];
  const lost = result.tests.length === 0 || result.tests.length < deno - 2;
  if (lost && !expected('')) unexpected.push(['', result.status, result.message ?? `gave ${result.tests.length} results`]);
  return { unexpected, surprising: matchers.length > 0 && failed.length === 0 && !lost && result.status === 0 };
}
