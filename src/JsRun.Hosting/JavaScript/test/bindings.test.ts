// Host functions, objects and ops: src/bindings.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EntryOp, HostOp, ValueOutcome } from '../src/kernel/ops.ts';
import { Runtime, turn } from './runtime.ts';

const enum Mode { Replace = 0, Merge = 1 }

/** A host whose function number N is `functions[N]`, which receives and returns encoded values. */
class Host {
  readonly runtime = new Runtime();
  readonly functions: ((...args: unknown[]) => unknown)[];
  #call = 1000;

  constructor(...functions: ((...args: unknown[]) => unknown)[]) {
    this.functions = functions;
    this.runtime.onHost = (op, [id, ...args]) => {
      switch (op) {
        case HostOp.HostFunction: return functions[id as number] === undefined ? undefined : `${id === 1 ? 'a' : 's'}f${id as number}`;
        case HostOp.HostObject: return '[2:[2:s1:mRH0;[3:s1:pRH0;RH1;';
        case HostOp.HostCall: case HostOp.HostCallPacked: return functions[id as number]!(...args);
        default: return undefined;
      }
    };
  }

  bind(name: string, payload: string, mode = Mode.Replace): { outcome: ValueOutcome; payload: unknown } {
    this.runtime.enter(EntryOp.Bind, ++this.#call, name, mode, payload);
    return this.runtime.values.get(this.#call)!;
  }

  op(name: string, id: number): void { this.runtime.enter(EntryOp.RegisterOp, ++this.#call, name, id); }
}

test('a bound function has its name, is called as it stands, and cannot be constructed', () => {
  const host = new Host((...args) => args.length);
  host.bind('f', 'RH0;');
  assert.equal(host.runtime.evaluate('[f.name, typeof f, f(1, "a", true, null), f(...Array(9).fill(0)) ].join()'), 'f0,function,4,1');
  assert.throws(() => host.runtime.evaluate('new f()'), { name: 'TypeError' });
});

test('plain arguments cross as they are, others as one text', () => {
  const seen: unknown[][] = [];
  const host = new Host((...args) => void seen.push(args));
  host.bind('f', 'RH0;');
  host.runtime.evaluate("f(1, 'a', undefined); f({ a: 1 }); f(1n)");
  assert.deepEqual(seen, [[1, 'a', undefined], ['[1:{1:ai1;}'], ['[1:b1;']]);
});

test('a value that cannot cross is a TypeError in the caller, and the host is not called', () => {
  let calls = 0;
  const host = new Host(() => calls++);
  host.bind('f', 'RH0;');
  assert.throws(() => host.runtime.evaluate('f(Symbol())'), { name: 'TypeError' });
  assert.equal(calls, 0);
});

test('a failure of the host is an error with a code, synchronous or not', async () => {
  const failure = `!${JSON.stringify({ type: false, name: 'HostError', code: 'c', message: 'm', id: 3 })}`;
  const host = new Host(() => failure, () => failure);
  host.bind('sync', 'RH0;');
  host.bind('later', 'RH1;');
  assert.equal(host.runtime.evaluate('try { sync(); } catch (e) { [e.name, e.code, e.message, e instanceof Error].join() }'), 'HostError,c,m,true');
  assert.equal(await host.runtime.run("try { await later(); } catch (e) { return [e.name, e.code].join(); }"), 'HostError,c');
});

test('an answer that comes later settles its own promise, once', async () => {
  let call = 0;
  const host = new Host(() => undefined, () => `?${++call}`);
  host.bind('later', 'RH1;');
  const all = host.runtime.run('return Promise.allSettled([later(), later()]);');
  await turn();
  host.runtime.enter(EntryOp.HostCallDone, 2, "'second");
  host.runtime.enter(EntryOp.HostCallDone, 2, "'again");
  host.runtime.enter(EntryOp.HostCallDone, 99, "'nobody's");
  host.runtime.enter(EntryOp.HostCallDone, 1, `!${JSON.stringify({ type: true, name: 'TypeError', code: 'bad', message: 'first', id: 0 })}`);
  assert.deepEqual(await all, [{ status: 'rejected', reason: { code: 'bad' } }, { status: 'fulfilled', value: 'second' }]);
});

test('objects of the host have methods and properties that ask', () => {
  const host = new Host(() => 5, () => undefined);
  host.bind('o', 'RO7;');
  assert.equal(host.runtime.evaluate('[o.m(), o.p, Object.keys(o).join("+")].join()'), '5,5,m+p');
});

test('a name is a property, whatever it is', () => {
  const host = new Host();
  for (const name of ['a.b', '__proto__', '"; throw 1; "', '']) {
    assert.equal(host.bind(name, 'i1;').outcome, ValueOutcome.Value);
    assert.equal(host.runtime.evaluate(`Object.getOwnPropertyDescriptor(globalThis, ${JSON.stringify(name)}).value`), 1);
  }
});

test('replacing puts another object, merging keeps it and says so', () => {
  const host = new Host();
  assert.equal(host.bind('o', '{1:ai1;1:bi2;}').payload, false);
  host.runtime.evaluate('globalThis.old = o');
  assert.equal(host.bind('o', '{1:bi3;1:ci4;}', Mode.Merge).payload, true);
  assert.equal(host.runtime.evaluate('o === old && JSON.stringify(o)'), '{"a":1,"b":3,"c":4}');
  assert.equal(host.bind('o', '{1:di5;}').payload, false);
  assert.equal(host.runtime.evaluate('o !== old && JSON.stringify(o)'), '{"d":5}');
});

test('merging replaces a global that is not a plain data property with an object', () => {
  for (const before of ['globalThis.o = 1', 'globalThis.o = Object.freeze({ z: 1 })', "Object.defineProperty(globalThis, 'o', { get() { throw 1; }, configurable: true })"]) {
    const host = new Host();
    host.runtime.evaluate(before);
    assert.equal(host.bind('o', '{1:ai1;}', Mode.Merge).payload, false, before);
    assert.equal(host.runtime.evaluate('JSON.stringify(o)'), '{"a":1}', before);
  }
});

test('a global that cannot be redefined is an error of the binding', () => {
  const host = new Host();
  host.runtime.evaluate("Object.defineProperty(globalThis, 'fixed', { value: 1 })");
  const { outcome, payload } = host.bind('fixed', 'i2;');
  assert.equal(outcome, ValueOutcome.Thrown);
  assert.match(payload as string, /cannot be redefined/);
});

test('ops are found in a frozen JsRun.ops, which grows by being made anew', () => {
  const host = new Host(() => 1, () => undefined);
  assert.equal(host.runtime.evaluate('typeof JsRun'), 'undefined');
  host.op('files.read', 0);
  host.runtime.evaluate('globalThis.first = JsRun.ops');
  host.op('second', 1);
  assert.equal(host.runtime.evaluate("[JsRun.ops['files.read'](), Object.keys(first).length, Object.keys(JsRun.ops).length, Object.isFrozen(JsRun.ops), Object.isFrozen(JsRun)].join()"), '1,1,2,true,true');
  assert.equal(host.runtime.evaluate("try { 'use strict'; JsRun.ops.mine = 1; JsRun = 1; } catch { } typeof JsRun.ops.mine"), 'undefined');
});
