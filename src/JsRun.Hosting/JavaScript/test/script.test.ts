// Classic scripts: src/scripts, through the entry that embedders' evaluations use.
import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from 'acorn';
import { EntryOp, ValueOutcome } from '../src/kernel/ops.ts';
import { planAwait } from '../src/scripts/await-plan.ts';
import { Planner } from '../src/scripts/plan.ts';
import { hasAwait, type Node } from '../src/scripts/syntax.ts';
import { Runtime, turn } from './runtime.ts';

let lastCall = 0;

async function evaluate(runtime: Runtime, code: string, { awaits = true, topLevelAwait = false } = {}): Promise<unknown> {
  const call = ++lastCall;
  runtime.enter(EntryOp.EvaluateValue, call, code, 'test.js', awaits, topLevelAwait);
  await turn();
  const ended = runtime.values.get(call);
  assert.ok(ended, 'the evaluation has not ended');
  return ended.outcome === ValueOutcome.Value ? ended.payload : { outcome: ended.outcome, payload: ended.payload };
}

const body = (code: string): Node[] => parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: true }).body as unknown as Node[];

for (const [code, value] of [
  ['1 + 1', 2],
  ['let a = 1; a + 1', 2],
  ['const a = 1; { let a = 2; a }', 2],
  ['class A { x = 3 } new A().x', 3],
  ["'use strict'; const a = (function () { return this; })() === undefined; a", true],
  ['const { a, b: [c], ...rest } = { a: 1, b: [2], d: 4 }; a + c + rest.d', 7],
  ['var f = 1; function g() { return f; } const h = g() + 1; h', 2],
  ['const f = () => {}; f.name', "'f"],
  ['Promise.resolve(7)', 7],
] as const) {
  test(`the completion value of ${code}`, async () => { assert.equal(await evaluate(new Runtime(), code), value); });
}

test('declarations of scripts outlive them, and lexical names are not properties of the global object', async () => {
  const runtime = new Runtime();
  await evaluate(runtime, 'let a = 1; const b = 2; class C {} var d = 4; function e() { return a; }');
  assert.equal(await evaluate(runtime, 'a += 1; [a, b, typeof C, d, e()].join()'), "'2,2,function,4,2");
  assert.equal(await evaluate(runtime, "['a', 'b', 'C', 'd', 'e'].map((name) => name in globalThis).join()"), "'false,false,false,true,true");
});

test('a name is declared once, and const is not assigned', async () => {
  const runtime = new Runtime();
  await evaluate(runtime, 'const once = 1');
  for (const [code, name] of [['let once = 2', 'SyntaxError'], ['once = 2', 'TypeError'], ['let x = ', 'SyntaxError']] as const) {
    const { outcome, payload } = await evaluate(runtime, code) as { outcome: ValueOutcome; payload: string };
    assert.equal(outcome, ValueOutcome.Thrown, code);
    assert.match(payload, new RegExp(name), code);
  }
  assert.equal(await evaluate(runtime, 'once'), 1);
});

test('an exception of a piece ends the script there, and keeps the earlier declarations', async () => {
  const runtime = new Runtime();
  const { outcome, payload } = await evaluate(runtime, "let before = 1; before = 2; throw new RangeError('mine'); before = 3") as { outcome: ValueOutcome; payload: string };
  assert.equal(outcome, ValueOutcome.Thrown);
  assert.match(payload, /RangeError.*mine/s);
  assert.match(payload, /test\.js:1:35/);
  assert.equal(await evaluate(runtime, 'before'), 2);
});

test('await at the top level, where it is asked for', async () => {
  const runtime = new Runtime();
  assert.equal(await evaluate(runtime, 'const a = await Promise.resolve(1); a + 1', { topLevelAwait: true }), 2);
  assert.equal(await evaluate(runtime, 'for await (const n of [a, 2]) globalThis.last = n; last', { topLevelAwait: true }), 2);
  assert.equal((await evaluate(runtime, 'await 1') as { outcome: ValueOutcome }).outcome, ValueOutcome.Thrown);
});

test('a pending promise is reported as pending if it is not awaited', async () => {
  assert.equal((await evaluate(new Runtime(), 'new Promise(() => {})', { awaits: false }) as { outcome: ValueOutcome }).outcome, ValueOutcome.Pending);
});

test('the plan keeps lines and columns, and everything that can throw in pieces', () => {
  const code = 'var a = 1;\nlet b = a + 1;\nfunction f() {}\n  b * 2';
  const { script, pieces } = new Planner(code, false).plan(body(code));
  assert.match(script, /^var a;/);
  assert.doesNotMatch(script, /a \+ 1|b \* 2/);
  assert.deepEqual(pieces.map(({ counts }) => counts), [false, false, true]);
  assert.deepEqual(pieces.map(({ code: piece }) => piece.replace(/\s+/g, '')), ['vara=1;', '(a+1)', 'b*2']);
  assert.equal(pieces.at(-1)!.code.split('\n').length, 4);
  assert.equal(pieces.at(-1)!.code.split('\n')[3], '  b * 2');
});

test('awaiting plans declare names in the global scope and assign them inside', () => {
  const code = 'const { a } = await x, [b] = y; var c = 1; function f() { return a; } a';
  const { script, body: inner } = planAwait(code, body(code), true);
  assert.equal(script, '"use strict";var c;let a,b;function f() { return a; }\n');
  assert.match(inner, /return \(a\)/);
  assert.doesNotMatch(inner, /const|function f/);
});

test('only an await outside of functions counts', () => {
  assert.equal(hasAwait(body('async () => { await 1; }; class A { async m() { await 2; } }')), false);
  assert.equal(hasAwait(body('if (x) { y = [await 1]; }')), true);
  assert.equal(hasAwait(body('for await (const a of b) ;')), true);
});
