import assert from 'node:assert/strict';
import test from 'node:test';
import { LogLevel } from '../src/kernel/ops.ts';
import { Runtime } from './runtime.ts';

function logged(code: string, settings = {}): string[] {
  const runtime = new Runtime(settings);
  runtime.evaluate(code);
  return runtime.logs.map(({ text }) => text);
}

for (const [code, text] of [
  ["'a', 'b', 1, -0, 2n, null, undefined, true, Symbol('s')", 'a b 1 -0 2n null undefined true Symbol(s)'],
  ["'%s is %d and %i %f %o%%', 'x', '4.5', '4.5', '4.5', [1]", 'x is 4.5 and 4 4.5 [ 1 ]%'],
  ["'%c styled', 'color: red'", ' styled'],
  ["'100%', 1", '100% 1'],
  ['{ a: 1, "b-c": "x", [Symbol.iterator]: 0 }', "{ a: 1, 'b-c': 'x', [Symbol(Symbol.iterator)]: 0 }"],
  ['[1, , , "x"], []', "[ 1, <2 empty items>, 'x' ] []"],
  ['Object.assign([1], { extra: true })', '[ 1, extra: true ]'],
  ['new Map([[{ k: 1 }, "v"]]), new Set(["s"])', "Map(1) { { k: 1 } => 'v' } Set(1) { 's' }"],
  ['new (class Foo { x = 1; get y() { return 2; } })()', 'Foo { x: 1 }'],
  ['{ get a() { throw 1; }, set b(v) {} }', '{ a: [Getter], b: [Setter] }'],
  ['Object.create(null)', '[Object: null prototype] {}'],
  ['class A {}, class B extends Array {}, function f() {}, async () => {}', '[class A] [class B extends Array] [Function: f] [AsyncFunction: (anonymous)]'],
  ['new Date(0), /x/g, new Uint8Array(2), new ArrayBuffer(3)', '1970-01-01T00:00:00.000Z /x/g Uint8Array(2) [ 0, 0 ] ArrayBuffer { byteLength: 3 }'],
  ['Object(1), Object("s"), new WeakMap()', "[Number: 1] [String: 's'] WeakMap { <items unknown> }"],
  ['{ a: { b: { c: { d: { e: 1 } } } } }', '{ a: { b: { c: { d: [Object] } } } }'],
  ["new URL('http://h/')", "URL { href: 'http://h/' }"],
  ["new Response('x', { status: 201 }).status", '201'],
  ['new Proxy({}, { ownKeys() { throw 1; } })', '[object that cannot be shown]'],
] as const) {
  test(`console.log(${code})`, () => { assert.deepEqual(logged(`console.log(${code})`), [text]); });
}

test('cycles are named', () => { assert.deepEqual(logged('const a = { b: [] }; a.b.push(a); console.log(a)'), ['{ b: [ [Circular] ] }']); });

test('errors show their stack, cause and properties', () => {
  const [text] = logged("console.log(Object.assign(new TypeError('x', { cause: 'why' }), { code: 7 }))");
  assert.match(text!, /^TypeError: x\n    at /);
  assert.match(text!, /\[cause\]: 'why',\n? *code: 7|\[cause\]: 'why', code: 7/);
});

test('long objects take several lines, large ones are shortened', () => {
  assert.match(logged("console.log({ a: 'x'.repeat(50), b: 'y'.repeat(50) })")[0]!, /^\{\n  a: 'x+',\n  b: 'y+'\n\}$/);
  assert.match(logged('console.log(new Array(5000).fill(0))')[0]!, /\.\.\. 4900 more items/);
});

test('each method has its level', () => {
  const runtime = new Runtime();
  runtime.evaluate("for (const m of ['trace', 'debug', 'log', 'info', 'warn', 'error', 'dir', 'dirxml']) console[m]('x'); console.assert(true); console.assert(false, 'no %s', 'way'); console.table([{ a: 1 }])");
  const { Trace, Debug, Information, Warning, Error } = { Trace: LogLevel.Trace, Debug: LogLevel.Debug, Information: LogLevel.Information, Warning: LogLevel.Warning, Error: LogLevel.Error };
  assert.deepEqual(runtime.logs.map(({ level }) => level), [Trace, Debug, Information, Information, Warning, Error, Information, Information, Error, Information]);
  assert.equal(runtime.logs[8]!.text, 'Assertion failed: no way');
});

test('groups, counts and timers', () => {
  assert.deepEqual(logged("console.group('g'); console.log('a\\nb'); console.groupEnd(); console.count(); console.count(); console.countReset(); console.count(); console.time('t'); console.timeEnd('t'); console.timeEnd('t')"),
    ['g', '  a\n  b', 'default: 1', 'default: 2', 'default: 1', 't: 0ms', 'There is no timer "t"']);
});

test('tables are drawn', () => {
  assert.equal(logged("console.table([{ a: 1, b: 'x' }, { a: 2 }])")[0], ['┌─────────┬───┬─────┐', '│ (index) │ a │ b   │', '├─────────┼───┼─────┤', "│ 0       │ 1 │ 'x' │", '│ 1       │ 2 │     │', '└─────────┴───┴─────┘'].join('\n'));
});

test('the output ends at the limit, with one message', async () => {
  const runtime = new Runtime({ maxConsoleBytes: 10 });
  runtime.evaluate("console.log('12345'); console.log('678€€€'); console.log('more'); console.log('x'.repeat(1e6))");
  assert.deepEqual(runtime.logs.map(({ text }) => text), ['12345', '678', 'The console output was cut at 10 bytes (JsRun:Limits:MaxConsoleBytes)']);
  await runtime.serve("export default { fetch() { console.log('new'); return new Response(); } };");
  assert.equal(runtime.logs.at(-1)?.text, 'new');
});

test('the limit holds if user code has replaced intrinsics', () => {
  const runtime = new Runtime({ maxConsoleBytes: 10 });
  runtime.evaluate("String.prototype.slice = function () { return 'y'.repeat(100); }; String.prototype.charCodeAt = () => 0; Math.min = () => 1e9; console.log('x'.repeat(100)); console.log('z'.repeat(100));");
  assert.equal(runtime.logs[0]!.text, 'x'.repeat(10));
  assert.equal(runtime.logs.length, 2);
});

test('a console that is off writes nothing, formats nothing and has all its methods', () => {
  assert.deepEqual(logged("let read = 0; for (const m of ['log', 'error', 'trace', 'table', 'dir', 'assert']) console[m]({ get x() { read++; }, y: new Proxy({}, { ownKeys() { read++; return []; } }) }); console.log(1); console.table([1]); console.time(); console.timeEnd(); if (read) throw read", { maxConsoleBytes: -1 }), []);
});

test('dir takes a depth', () => {
  assert.deepEqual(logged("const o = { a: { b: { c: { d: { e: { f: 1 } } } } } }; console.dir(o, { depth: 0 }); console.dir(o, { depth: 1 }); console.dir(o, { depth: null }); console.dir('%s'); console.dir(o, null)"),
    ['{ a: [Object] }', '{ a: { b: [Object] } }', '{ a: { b: { c: { d: { e: { f: 1 } } } } } }', "'%s'", '{ a: { b: { c: { d: [Object] } } } }']);
});

test('timers log along the way, counts and labels are kept apart, clear ends groups', () => {
  const runtime = new Runtime();
  runtime.evaluate("console.time('t'); console.time('t'); console.timeLog('t', { x: 1 }, 'y'); console.timeLog('u'); console.count('a'); console.count(); console.countReset('b'); console.group('g'); console.clear(); console.log('flat'); console.groupCollapsed(); console.warn('in'); console.groupEnd(); console.groupEnd(); console.error('out')");
  assert.deepEqual(runtime.logs.map(({ text }) => text), ['The timer "t" runs already', "t: 0ms { x: 1 } y", 'There is no timer "u"', 'a: 1', 'default: 1', 'There is no count "b"', 'g', 'flat', '  in', 'out']);
});

test('trace shows where it was called', () => {
  assert.match(logged("function where() { console.trace('at %d', 1); } where();")[0]!, /^Trace: at 1\n    at where \(/);
});

test('tables have the columns they are given, and values beside rows', () => {
  const [named, mixed, map, none] = logged("console.table([{ a: 1, b: 2 }], ['b']); console.table([1, { a: 2 }]); console.table(new Map([['k', 1]])); console.table(5)");
  assert.match(named!, /│ \(index\) │ b │/);
  assert.match(mixed!, /│ \(index\) │ a │ Values │/);
  assert.match(map!, /│ 0 +│/);
  assert.equal(none, '5');
});
