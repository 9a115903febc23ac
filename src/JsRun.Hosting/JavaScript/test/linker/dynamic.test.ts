import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryOp } from '../../src/kernel/ops.ts';
import { run, World } from './world.ts';

test('import() gives the namespace, once evaluated', async () => {
  const { log } = await run({ 'main.js': "const ns = await import('./a.js'); log.push(ns.default, ns === await import(`./a.js`), import('./a.js') instanceof Promise)", 'a.js': "await 0; export default 'a'; log.push('ran')" });
  assert.deepEqual(log, ['ran', 'a', true, true]);
});

test('import() never runs a module at once', async () => {
  const { log } = await run({ 'main.js': "const p = import('./a.js'); log.push('main'); await p", 'a.js': "log.push('a')" });
  assert.deepEqual(log, ['main', 'a']);
});

test('a specifier that is computed asks the host, once', async () => {
  const world = new World({ 'main.js': "const name = 'b'; const all = [await import(`./${name}.js`), await import('./' + name + '.js')]; log.push(all[0] === all[1], all[0].x)", 'b.js': "import './c.js'; export const x = 1", 'c.js': '' });
  const asked: unknown[] = [];
  const { onLoad } = world;
  world.onLoad = (...args) => { asked.push(args.slice(1)); onLoad(...args); };
  assert.deepEqual((await world.run()).log, [true, 1]);
  assert.deepEqual(asked, [['./b.js', 'file:///main.js', undefined]]);
});

test('the host may refuse', async () => {
  const world = new World({ 'main.js': "try { await import('./' + 'b.js') } catch (e) { log.push(e.constructor === TypeError, e.message) }" });
  world.onLoad = (call) => world.enter(EntryOp.ModuleLoaded, call, '', 'Not here');
  assert.deepEqual((await world.run()).log, [true, 'Not here']);
});

test('failures reject: a broken module, a missing name, a throw, a specifier that is not a string', async () => {
  const { log, error } = await run({
    'main.js': `for (const f of [() => import('./broken.js'), () => import('./names.js'), () => import('./throws.js'), () => import(Symbol()), () => import({ toString() { throw new RangeError() } }), () => import('./missing.js')]) {
      await f().catch((e) => log.push(e.name)) }`,
    'broken.js': 'let a = ;', 'names.js': "import { x } from './empty.js'", 'empty.js': '', 'throws.js': 'throw new EvalError()',
  });
  assert.equal(error, undefined);
  assert.deepEqual(log, ['SyntaxError', 'SyntaxError', 'EvalError', 'TypeError', 'RangeError', 'Error']);
});

test('only importers of a broken module fail', async () => {
  const world = new World({ 'main.js': "export const x = 1; import('./broken.js').catch(() => {})", 'broken.js': 'let a = ;', 'other.js': "import './broken.js'" });
  assert.equal((await world.run()).error, undefined);
  assert.equal(world.namespace('file:///main.js')?.x, 1);
  assert.equal((await world.run('other.js')).error?.name, 'SyntaxError');
});

test('a module whose linking failed can be linked once what was missing is there', async () => {
  const files: Record<string, string> = { 'main.js': "const load = (n) => import('./a' + n); try { await load('.js') } catch (e) { log.push(e.name) } log.push((await load('.js')).x)", 'a.js': "export { x } from './b.js'" };
  const world = new World((path) => files[path]);
  let count = 0;
  world.onLoad = (call) => {
    if (++count === 2) world.enter(EntryOp.AddModules, JSON.stringify({ modules: [{ url: 'file:///b.js', kind: 'js', shape: { imports: [], bindings: [], locals: [{ exported: 'x', local: 'x' }], indirect: [], stars: [], dynamic: [], async: false } }] }), world.evaluate('(function* (m) { const x = 1; m.link([() => x], () => {}); yield; })'));
    else world.add('file:///a.js');
    world.enter(EntryOp.ModuleLoaded, call, 'file:///a.js');
  };
  assert.deepEqual((await world.run()).log, ['Error']);
});

test('a namespace with a then method is a thenable, as the specification has it', async () => {
  const { log } = await run({ 'main.js': "log.push(await import('./a.js'))", 'a.js': "export function then(resolve) { resolve('own') }" });
  assert.deepEqual(log, ['own']);
});
