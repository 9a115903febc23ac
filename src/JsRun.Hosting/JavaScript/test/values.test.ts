// Values that cross: src/values, through the entry that evaluates, and back as the arguments of a call.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EntryOp, HostOp, ValueOutcome } from '../src/kernel/ops.ts';
import { Runtime, turn } from './runtime.ts';

function tell(code: string, settings: ConstructorParameters<typeof Runtime>[0] = {}): { outcome: ValueOutcome; payload: unknown; cause?: unknown } {
  const runtime = new Runtime(settings);
  runtime.enter(EntryOp.EvaluateValue, 1, code, 'test.js', false, false);
  return runtime.values.get(1)!;
}

for (const [code, payload] of [
  ['undefined', undefined], ['null', null], ['true', true], ['-1.5', -1.5], ["''", "'"], ["'a:b'", "'a:b"],
  ['12n', 'b12;'], ['-(2n ** 70n)', `b${-(2n ** 70n)};`], ['new Date(5)', 'D5;'],
  ["[1, 'x', null, undefined, true, -0, 0.5]", '[7:i1;s1:xnutd-0;d0.5;'],
  ['[,1]', '[2:ui1;'],
  ['({ a: 1, "b c": "d" })', '{1:ai1;3:b cs1:d}'],
  ['({ a: undefined, f: null })', '{1:au1:fn}'],
  ['new Map([["k", 1], [{}, 2]])', 'M.s1:ki1;.{}i2;}'],
  ['new Set([1, 1, "1"])', 'S.i1;.s1:1}'],
  ['[NaN, Infinity, -Infinity]', '[3:dNaN;dInfinity;d-Infinity;'],
  ['Number.MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
  ["Object('s')", 's1:s'], ['Object(1)', 'i1;'], ['new Date(NaN)', 'DNaN;'],
  ['(() => { const shared = { a: 1 }; return [shared, shared]; })()', '[2:{1:ai1;}{1:ai1;}'],
] as const) {
  test(`the encoding of ${code}`, () => { assert.deepEqual(tell(code), { outcome: ValueOutcome.Value, payload }); });
}

for (const [code, message] of [
  ['Symbol("s")', /[Ss]ymbol/],
  ['(() => { const o = { in: {} }; o.in.self = o; return o; })()', /[Cc]ircular/],
  ['[[[[1]]]]', /depth/i],
  ['"x".repeat(200)', /bytes|size|large/i],
  ['2n ** 1000n', /bytes|size|large/i],
  ['({ get a() { throw new Error("mine"); } })', /a/],
] as const) {
  test(`${code.slice(0, 40)} does not cross`, () => {
    const { outcome, payload } = tell(code, { maxValueDepth: 3, maxValueBytes: 100 } as object);
    assert.equal(outcome, ValueOutcome.NotConvertible);
    assert.match(payload as string, message);
  });
}

test('the exception of a getter is the cause', () => {
  assert.match(tell('({ get a() { throw new RangeError("mine"); } })').cause as string, /RangeError.*mine/s);
});

test('an error crosses with name, message, cause and what it was given', () => {
  const { payload } = tell("(() => { const e = new TypeError('top', { cause: new Error('under') }); e.code = 7; e.stack = 'S'; e.cause.stack = 'U'; return e; })()");
  assert.equal(payload, 'Es9:TypeErrors3:tops1:S0;cEs5:Errors5:unders1:U0;}4:codei7;}');
});

test('bytes go through the transfer buffer, in their order', () => {
  const runtime = new Runtime();
  runtime.enter(EntryOp.EvaluateValue, 1, '[new Uint8Array([1, 2]), new Int16Array([3]).buffer]', 'test.js', false, false);
  assert.match(runtime.values.get(1)!.payload as string, /^\[2:B0,2;B12,2;$/);
  assert.deepEqual(runtime.calls.filter(([op]) => op === HostOp.Stage).map(([, count]) => count), [2, 2]);
});

test('user code that replaces built-ins does not change values that cross', () => {
  const poison = 'Array.prototype[Symbol.iterator] = Array.prototype.push = Map.prototype.forEach = Map.prototype.entries = Object.keys = String.prototype.slice = () => { throw 1; };';
  assert.equal(tell(`${poison} ({ a: [1, new Map()], })`).payload, '{1:a[2:i1;M}}');
});

test('a function crosses by number, is called with arguments, and is released', async () => {
  const runtime = new Runtime();
  runtime.enter(EntryOp.EvaluateValue, 1, '(function (a, b) { return [this?.n, a, b]; })', 'test.js', false, false);
  const [, id] = /^RF(\d+);$/.exec(runtime.values.get(1)!.payload as string)!;
  runtime.enter(EntryOp.CallFunction, 2, Number(id), '[2:i1;{1:as1:x}', false, false);
  assert.equal(runtime.values.get(2)!.payload, '[3:ui1;{1:as1:x}');
  runtime.enter(EntryOp.CallFunction, 3, Number(id), '[2:{1:ni5;}[2:s1:yu', true, true);
  await turn();
  assert.equal(runtime.values.get(3)!.payload, '[3:i5;s1:yu');
  runtime.enter(EntryOp.ReleaseFunction, Number(id));
  runtime.enter(EntryOp.CallFunction, 4, Number(id), '[0:', false, false);
  assert.notEqual(runtime.values.get(4)?.outcome, ValueOutcome.Value);
});
