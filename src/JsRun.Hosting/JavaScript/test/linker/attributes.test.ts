import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './world.ts';

const files = { 'a.json': '{ "x": [1], "__proto__": 2 }', 'a.txt': 'line\n', 'a.js': 'export default 1' };

test('JSON and text are imported by their type', async () => {
  const { log } = await run({
    ...files,
    'main.js': `import json from './a.json' with { type: 'json' }; import text from './a.txt' with { 'type': 'text' }; import * as ns from './a.json' with { type: 'json', };
      log.push(json.x, Object.keys(ns), ns.default === json, text); export { default as again } from './a.json' with { type: 'json' }`,
  });
  assert.deepEqual(log, [[1], ['default'], true, 'line\n']);
});

test('the same file as code and as text is two modules', async () => {
  const { log } = await run({ ...files, 'main.js': "import code from './a.js'; import text from './a.js' with { type: 'text' }; log.push(code, text)" });
  assert.deepEqual(log, [1, 'export default 1']);
});

test('JSON has a default export only', async () => {
  const { error } = await run({ ...files, 'main.js': "import { x } from './a.json' with { type: 'json' }" });
  assert.equal(error?.name, 'SyntaxError');
  assert.match(error!.message, /has no export named 'x'\. It has a default export/);
});

test('import() takes attributes', async () => {
  const { log } = await run({ ...files, 'main.js': "log.push((await import('./a.json', { with: { type: 'json' } })).default.x, (await import('./a.' + 'txt', { with: { type: 'text' } })).default, (await import('./a.js', {})).default, (await import('./a.js', undefined)).default)" });
  assert.deepEqual(log, [[1], 'line\n', 1, 1]);
});

for (const [options, message] of [
  ['1', /second argument/], ['null', /second argument/], ['{ with: 1 }', /'with'/], ['{ with: { type: 1 } }', /must be a string/],
  ["{ with: { type: 'css' } }", /'css' is not supported/], ["{ with: { lazy: 'yes' } }", /'lazy' is not supported/],
] as const) {
  test(`import() with ${options} rejects`, async () => {
    const { log } = await run({ ...files, 'main.js': `await import('./a.js', ${options}).catch((e) => log.push(e.constructor === TypeError, e.message))` });
    assert.equal(log[0], true);
    assert.match(log[1] as string, message);
  });
}
