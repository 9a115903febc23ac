// Which uses of a name are the import, and which are a declaration of the module that hides it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../linker/world.ts';

/** Each expression is true if, and only if, `x` in it is what the specification says; the imported `x` is 'import'. */
for (const expression of [
  "(() => x)() === 'import'",
  "((x) => x)(1) === 1",
  "(({ x }) => x)({ x: 1 }) === 1",
  "(({ y: [x = 2] }) => x)({ y: [] }) === 2",
  "((...x) => x.length)(1, 2) === 2",
  "((a = x) => { var x = 1; return a + x })() === 'import1'",
  "((a = () => x, x = 1) => a())() === 1",
  "(function x() { return typeof x })() === 'function'",
  "(function () { return typeof x; function x() {} })() === 'function'",
  "(function () { { function x() {} } return x })() === 'import'",
  "(function () { if (true) { var x } return x })() === undefined",
  "(function () { for (var x of [1]) ; return x })() === 1",
  "(() => { { let x = 1 } return x })() === 'import'",
  "(() => { for (let x = 0; x < 1; x++) ; return x })() === 'import'",
  "(() => { let r; for (const x of [1]) r = x; return r })() === 1",
  "(() => { try { for (const x of [x]) ; } catch (e) { return e.name } })() === 'ReferenceError'",
  "(() => { try { throw 1 } catch (x) { return x } })() === 1",
  "(() => { try { throw { x: 2 } } catch ({ x }) { return x } })() === 2",
  "(() => { try { throw 1 } catch { return x } })() === 'import'",
  "(() => { switch (x) { case 'import': let x = 1; return x } })() === 1",
  "(() => { x: for (;;) break x; return x })() === 'import'",
  "(() => { class x {} return typeof x })() === 'function'",
  "(() => (class x { static y = typeof x }).y)() === 'function'",
  "(() => { try { class A extends (class x extends x {}) {} } catch (e) { return e.name } })() === 'ReferenceError'",
  "new (class { x = x; y = this.x })().y === 'import'",
  "(class { static { this.y = x } }).y === 'import'",
  "(class { static { var x = 1; this.y = x } }).y === 1",
  "(class { static x() { return x } }).x() === 'import'",
  "(class { static [x] = 1 }).import === 1",
  "({ x }).x === 'import'",
  "({ x: 1 }).x === 1",
  "({ [x]: 1 }).import === 1",
  "({ x() { return x } }).x() === 'import'",
  "({ get x() { return x } }).x === 'import'",
  "({ a: { x: 1 } }).a.x === 1",
  "({ a: { x: 1 } }).a?.x === 1",
  "`${x}` === 'import'",
  "[...x].length === 6",
  "(() => { const { [x]: y } = { import: 1 }; return y })() === 1",
  "(() => { const { y = x } = {}; return y })() === 'import'",
  "(() => { let y; [y = x] = []; return y })() === 'import'",
  "(() => { let o = {}; ({ y: o[x] } = { y: 1 }); return o.import })() === 1",
  "((x) => (() => x)())(1) === 1",
  "(async (x) => x) instanceof Function && typeof x === 'string'",
  "(function* () { yield x })().next().value === 'import'",
  "(() => { var y = x, x2 = x; return y === x2 })()",
]) {
  test(expression, async () => {
    const { log, error } = await run({ 'main.js': `import { x } from './a.js';\nlog.push(${expression})`, 'a.js': "export const x = 'import'" });
    assert.equal(error, undefined);
    assert.deepEqual(log, [true]);
  });
}
