import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run, World } from './world.ts';

const sleep = "const sleep = async (n) => { while (n-- > 0) await 0 };";

test('importers wait for a module that awaits; others do not', async () => {
  const { log } = await run({
    'main.js': "import './a.js'; import './b.js'; log.push('main')",
    'a.js': `${sleep} log.push('a1'); await sleep(5); log.push('a2')`,
    'b.js': "log.push('b')",
  });
  assert.deepEqual(log, ['a1', 'b', 'a2', 'main']);
});

test('siblings wait side by side, and their importers run in the order of the graph', async () => {
  const { log } = await run({
    'main.js': "import './x.js'; import './y.js'; log.push('main')",
    'x.js': "import './slow.js'; log.push('x')", 'y.js': "import './fast.js'; log.push('y')",
    'slow.js': `${sleep} log.push('slow1'); await sleep(9); log.push('slow2')`, 'fast.js': `${sleep} log.push('fast1'); await sleep(3); log.push('fast2')`,
  });
  assert.deepEqual(log, ['slow1', 'fast1', 'fast2', 'y', 'slow2', 'x', 'main']);
});

test('for await, await in operands and in class bodies make a module wait', async () => {
  const { log } = await run({
    'main.js': "import { a, b, K } from './a.js'; log.push(a, b, new K().x)",
    'a.js': 'export let a = []; for await (const x of [1, Promise.resolve(2)]) a.push(x); export const b = 1 + await 2; export class K { [await "x"] = 3 }',
  });
  assert.deepEqual(log, [[1, 2], 3, 3]);
});

test('await within functions does not', async () => {
  const world = new World({ 'main.js': 'export const f = async () => { await 0; for await (const x of []) ; }; log.push(1)' });
  assert.deepEqual((await world.run()).log, [1]);
});

test('a rejection reaches all importers, is cached, and leaves siblings alone', async () => {
  const { log, error } = await run({
    'main.js': `const errors = await Promise.all(['./x.js', './x.js', './bad.js'].map((it) => import(it === './x.js' ? './x.js' : './bad.js').catch((e) => e)));
      log.push(errors.map((e) => e.message), errors[0] === errors[1], errors[1] === errors[2])`,
    'x.js': "import './good.js'; import './bad.js'; log.push('never')", 'good.js': "await 0; log.push('good')", 'bad.js': "await 0; throw new Error('bad')",
  });
  assert.equal(error, undefined);
  assert.deepEqual(log, ['good', ['bad', 'bad', 'bad'], true, true]);
});

test('a throw at the top level is the error of the evaluation, with the author\'s line', async () => {
  const { error } = await run({ 'main.js': "import './a.js'", 'a.js': "\n\nthrow new RangeError('no')" });
  assert.equal(error?.name, 'RangeError');
  assert.match(error!.stack, /file:\/\/\/a\.js:3:7/);
});

test('a cycle that awaits settles', async () => {
  const { log } = await run({ 'main.js': "import './a.js'; await 0; log.push('main')", 'a.js': "import './main.js'; await 0; log.push('a')" });
  assert.deepEqual(log, ['a', 'main']);
});

test('a module that never settles does not end', async () => {
  const world = new World({ 'main.js': "log.push('begun'); await new Promise(() => {})" });
  let ended = false;
  void world.run().then(() => { ended = true; });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(ended, false);
  assert.equal((world.evaluate('log') as string[])[0], 'begun');
  assert.equal(world.namespace('file:///main.js'), undefined);
});
