// Large tables cost nothing before they are used.
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { EntryOp, HostOp } from '../src/kernel/ops.ts';
import { bundle, type Enter, tables } from './runtime.ts';

const LARGE = 10_000;

test('tables are read when they are first needed', () => {
  const context = vm.createContext({});
  // Before the bundle takes JSON.parse for itself.
  const parsed = vm.runInContext('(() => { const { parse } = JSON; const parsed = []; JSON.parse = function (text, reviver) { parsed.push(text.length); return parse(text, reviver); }; return parsed; })()', context) as number[];
  const large = () => parsed.filter((length) => length > LARGE).length;
  bundle.runInContext(context);
  const calls: unknown[][] = [];
  const enter = (vm.runInContext('__jsrun', context) as (host: unknown) => Enter)((...call: unknown[]) => {
    if (call[0] === HostOp.Table) return tables[call[1] as string];
    calls.push(call);
    return undefined;
  });
  enter(EntryOp.Configure, JSON.stringify({ surface: 'Full', env: {}, maxTimers: 100, maxConsoleBytes: 100_000, maxWasmBytes: 1 << 20 }));
  const before = calls.length;

  vm.runInContext(`new URL('https://example.com/a?b#c').searchParams.get('b'); new TextDecoder().decode(new Uint8Array(3)); new Request('http://a/', { method: 'POST', body: 'x' }); Response.json({});
    new Headers({ a: 'b' }); structuredClone({ a: 1 }); typeof URLPattern; typeof crypto.subtle.digest; typeof CompressionStream`, context);
  assert.equal(large(), 0);
  assert.equal(calls.length, before);

  assert.equal(vm.runInContext("new URL('http://grün.example/').host", context), 'xn--grn-ioa.example');
  assert.equal(large(), 2);
  vm.runInContext("new URL('http://rot.grün.example/')", context);
  assert.equal(large(), 2);

  assert.equal(vm.runInContext("new TextDecoder('shift_jis').decode(new Uint8Array([0x82, 0xa0]))", context), 'あ');
  assert.equal(large(), 3);
});
