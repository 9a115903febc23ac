import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run, World } from './world.ts';

for (const [main, a, expected] of [
  ["\n  import { x } from './a.js'", '', /^'\.\/a\.js' has no export named 'x'\n {4}at file:\/\/\/main\.js:2:12$/],
  ["import x from './a.js'", 'export let y', /no export named 'default'\. Give it an 'export default'.*\n.*main\.js:1:8$/],
  ["import { y } from './a.js'", 'export default 1', /import that without braces/],
  ["export { x as z } from './a.js'", '', /no export named 'x'\n.*main\.js:1:10$/],
  ["import { a,\n\tz } from './a.js'", 'export let a', /no export named 'z'\n.*main\.js:2:2$/],
] as const) {
  test(`linking names the place: ${JSON.stringify(main)}`, async () => {
    const { error, log } = await run({ 'main.js': `${main}; log.push('ran')`, 'a.js': a });
    assert.equal(error?.name, 'SyntaxError');
    assert.match(error!.message, expected);
    assert.deepEqual(log, []);
  });
}

test('a type imported as a value is explained', async () => {
  const { error } = await run({ 'main.ts': "export { T } from './a.ts'", 'a.ts': 'export interface T {}', 'main.js': "import './main.ts'" });
  assert.match(error!.message, /If it is a type, say 'import type' or 'export type'/);
});

test('columns in TypeScript are the author\'s', async () => {
  const { error } = await run({ 'main.ts': "import { type A, /* … */ type B, x } from './a.ts'; x", 'a.ts': 'export type A = 1; export type B = 2', 'main.js': "import './main.ts'" });
  assert.match(error!.message, /file:\/\/\/main\.ts:1:34/);
});

test('an unknown entry is an error', async () => {
  assert.match((await new World({}).run()).error!.message, /Cannot find main\.js/);
});

test('a later failure of linking leaves the rest as it was', async () => {
  const world = new World({ 'main.js': "import './a.js'; import { no } from './a.js'", 'a.js': "log.push('a')", 'good.js': "import './a.js'" });
  assert.deepEqual((await world.run()).log, []);
  assert.equal((await world.run()).error?.name, 'SyntaxError');
  assert.deepEqual((await world.run('good.js')).log, ['a']);
});
