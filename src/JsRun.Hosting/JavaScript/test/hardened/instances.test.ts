// Instances that run at the same time, instances that have ended, and what callbacks are given.
import assert from 'node:assert/strict';
import test from 'node:test';
import { NativeParts } from '../../src/kernel/native.ts';
import { EntryOp, HostOp } from '../../src/kernel/ops.ts';
import { GLOBAL_NAMES } from '../../src/linker/global-names.ts';
import { Runtime, turn } from '../runtime.ts';

async function serve(source: string, names: Record<string, unknown> = {}): Promise<Runtime> {
  const runtime = new Runtime({ surface: 'Contained', hardened: true, maxTimers: 10 }, NativeParts.Frames);
  await runtime.module('file:///handler.js', source, names);
  return runtime;
}

test('requests that interleave at an await do not see each other', async () => {
  const seen: unknown[] = [];
  const gates: (() => void)[] = [];
  const runtime = await serve(`
    let own = 0;
    export default { async fetch(request) {
      const n = Number(request.url.at(-1));
      globalThis.mark = n; own = n; console.mark = n; performance.mark('m' + n);
      addEventListener('x', () => { note(n); });
      const timer = setTimeout(() => {}, 1e6);
      await new Promise((done) => { gate(done); });
      note([n, mark, globalThis.mark, own, console.mark, performance.getEntries().map((e) => e.name), timer]);
      dispatchEvent(new Event('x'));
      return new Response(String(n));
    } };`, { note: (value: unknown) => { seen.push(structuredClone(value)); }, gate: (done: () => void) => { gates.push(done); } });

  await runtime.send({ url: 'http://h/1' }, 1);
  await runtime.send({ url: 'http://h/2' }, 2);
  gates[1]!();
  await turn();
  gates[0]!();
  await turn();

  assert.deepEqual(seen, [[2, 2, 2, 2, 2, ['m2'], 1], 2, [1, 1, 1, 1, 1, ['m1'], 1], 1]);
});

test('nothing of a request that has ended runs any more', async () => {
  const ran: string[] = [];
  const runtime = await serve(`
    export default { fetch() {
      setTimeout(() => { note('timeout'); }, 10);
      setInterval(() => { note('interval'); }, 10);
      new BroadcastChannel('c').onmessage = () => { note('message'); };
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { note('port'); };
      port2.postMessage(1);
      new PerformanceObserver(() => { note('observer'); }).observe({ type: 'mark' });
      performance.mark('m');
      return new Response('x');
    } };`, { note: (what: string) => { ran.push(what); } });

  runtime.enter(runtime.code(EntryOp.HandleRequest, 1), 1, 'file:///handler.js', 'GET', 'http://h/', '', -1, '', '');
  runtime.release(1);
  await runtime.pass(100);
  runtime.enter(EntryOp.Broadcast, 1, '"x"');
  await runtime.pass(100);

  assert.deepEqual(ran, []);
  assert.deepEqual(runtime.reports, []);
  assert.equal(runtime.timerCount, 0);
  assert.ok(runtime.calls.some(([op, step, id]) => op === HostOp.Broadcast && step === 2 && id === 1), 'the channel was not closed');
});

test('tasks of other requests run after one has ended', async () => {
  const ran: string[] = [];
  const runtime = await serve(`
    export default { fetch(request) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { note(request.url.at(-1)); };
      port2.postMessage(1);
      return new Response('x');
    } };`, { note: (what: string) => { ran.push(what); } });

  runtime.enter(runtime.code(EntryOp.HandleRequest, 1), 1, 'file:///handler.js', 'GET', 'http://h/1', '', -1, '', '');
  runtime.enter(runtime.code(EntryOp.HandleRequest, 2), 2, 'file:///handler.js', 'GET', 'http://h/2', '', -1, '', '');
  runtime.release(1);
  await runtime.pass(100);

  assert.deepEqual(ran, ['2']);
});

test('a blob URL belongs to the request that made it', async () => {
  const urls: string[] = [];
  const runtime = await serve(`
    export default { async fetch() {
      const own = URL.createObjectURL(new Blob(['mine']));
      keep(own);
      const read = async (url) => { try { return await (await fetch(url)).text(); } catch (e) { return e.name; } };
      return Response.json([await read(own), await read(first())]);
    } };`, { keep: (url: string) => { urls.push(url); }, first: () => urls[0] });

  assert.deepEqual([(await runtime.send({}, 1))?.body, (await runtime.send({}, 2))?.body], ['["mine","mine"]', '["mine","TypeError"]']);
});

test('the real global object is frozen too', async () => {
  const runtime = await serve('export default { fetch() {} };');

  assert.equal(runtime.evaluate('Object.isFrozen(globalThis)'), true);
});

test('code of a request that has ended can start nothing', async () => {
  const outcomes: string[] = [];
  let go = (): void => { assert.fail('the handler did not run'); };
  const runtime = await serve(`
    export default { async fetch() {
      await new Promise((done) => { gate(done); });
      for (const start of [() => setTimeout(() => {}, 1), () => performance.mark('m'), () => new BroadcastChannel('c'), () => console.count()]) try { start(); note('started'); } catch (e) { note(e.message); }
    } };`, { note: (what: string) => { outcomes.push(what); }, gate: (done: () => void) => { go = done; } });

  await runtime.send({}, 1);
  runtime.release(1);
  go();
  await turn();

  assert.deepEqual(outcomes, Array.from({ length: 4 }, () => 'The request has ended'));
});

test('each request may set as many timers as the limit allows', async () => {
  const runtime = await serve('export default { fetch() { for (let i = 0; i < 10; i++) setTimeout(() => {}, 1e6); try { setTimeout(() => {}, 1); return new Response("more"); } catch (e) { return new Response(e.name); } } };');

  assert.deepEqual([(await runtime.send({}, 1))?.body, (await runtime.send({}, 2))?.body], ['RangeError', 'RangeError']);
});

test('a request cannot stop the timers of another', async () => {
  const ran: number[] = [];
  const runtime = await serve(`
    export default { async fetch(request) {
      const n = Number(request.url.at(-1));
      if (n === 2) for (let id = 0; id < 100; id++) { clearTimeout(id); clearInterval(id); }
      else await new Promise((done) => { setTimeout(() => { note(n); done(); }, 10); });
      return new Response('x');
    } };`, { note: (n: number) => { ran.push(n); } });

  await runtime.send({ url: 'http://h/1' }, 1);
  await runtime.send({ url: 'http://h/2' }, 2);
  await runtime.pass(20);

  assert.deepEqual(ran, [1]);
});

test('no callback receives the real global object, nor anything shared that is not frozen', async () => {
  const received: [string, unknown][] = [];
  const runtime = await serve(`
    const spy = (name) => function (...args) {
      keep(name + ' this', this);
      args.forEach((arg, i) => {
        keep(name + ' ' + i, arg);
        for (let o = arg; o !== null && typeof o === 'object'; o = Object.getPrototypeOf(o)) for (const key of Reflect.ownKeys(o)) try { keep(name + ' ' + i + '.' + String(key), arg[key]); } catch {}
      });
    };
    export default { async fetch() {
      setTimeout(spy('setTimeout'), 0, 1); setTimeout.call(undefined, spy('setTimeout.call'), 0); queueMicrotask(spy('queueMicrotask'));
      addEventListener('x', spy('listener')); globalThis.onerror = spy('onerror'); addEventListener('error', spy('error')); onunhandledrejection = spy('rejection');
      addEventListener('y', { handleEvent: spy('handleEvent') });
      dispatchEvent(new Event('x')); EventTarget.prototype.dispatchEvent.call(undefined, new Event('x')); (0, dispatchEvent)(new Event('y'));
      reportError(new Error('e'));
      const { port1, port2 } = new MessageChannel(); port1.onmessage = spy('message'); port2.postMessage(1);
      new PerformanceObserver(spy('observer')).observe({ type: 'mark' }); performance.mark('m'); performance.addEventListener('z', spy('performance')); performance.dispatchEvent(new Event('z'));
      new ReadableStream({ start: spy('start'), cancel: spy('cancel') }, { size: spy('size'), highWaterMark: 1 }).cancel(); new ReadableStream({ pull: spy('pull') });
      new WritableStream({ start: spy('wstart'), write: spy('write'), close: spy('close') }).getWriter().close();
      new TransformStream({ start: spy('tstart'), transform: spy('transform'), flush: spy('flush') }).writable.getWriter().write(1).catch(() => {});
      const controller = new AbortController(); controller.signal.onabort = spy('abort'); controller.abort();
      [1].forEach(spy('forEach')); [2, 1].sort(spy('sort')); 'a'.replace(/a/, spy('replace')); JSON.parse('{}', spy('reviver')); JSON.stringify({}, spy('replacer')); new Map([[1, 1]]).forEach(spy('Map')); Array.from([1], spy('from'));
      new Headers({ a: 'b' }).forEach(spy('Headers')); new URLSearchParams('a=1').forEach(spy('params')); Promise.resolve().then(spy('then')); Reflect.apply(spy('apply'), undefined, []);
      (async () => { await null; })().finally(spy('finally')); structuredClone({});
      await new Promise((done) => { setTimeout(done, 5); });
      return new Response('x');
    } };`, { keep: (name: string, value: unknown) => { received.push([name, value]); } });
  const real = runtime.evaluate('globalThis');

  await runtime.send({}, 1);
  await runtime.pass(20);

  assert.equal(runtime.answers.get(1)?.body, 'x', runtime.failures.get(1)?.message);
  const called = new Set(received.map(([name]) => name.split(' ')[0]));
  for (const name of ['setTimeout', 'queueMicrotask', 'listener', 'onerror', 'error', 'handleEvent', 'message', 'observer', 'performance', 'start', 'pull', 'cancel', 'wstart', 'close', 'tstart', 'abort', 'forEach', 'replace', 'Headers', 'params', 'then', 'finally']) {
    assert.ok(called.has(name), `${name} was not called`);
  }
  assert.deepEqual(received.filter(([, value]) => value === real).map(([name]) => name), []);
});

test('assignment to every method works, on an instance and on a subclass, as in an ordinary context', async () => {
  const source = `
    const out = [];
    const samples = { Response: () => new Response('x'), Request: () => new Request('http://h/'), Headers: () => new Headers(), URL: () => new URL('http://h/'), URLSearchParams: () => new URLSearchParams(), FormData: () => new FormData(),
      Blob: () => new Blob([]), File: () => new File([], 'x'), AbortController: () => new AbortController(), AbortSignal: () => AbortSignal.any([]), Event: () => new Event('x'), EventTarget: () => new EventTarget(),
      ReadableStream: () => new ReadableStream(), WritableStream: () => new WritableStream(), TransformStream: () => new TransformStream(), TextEncoder: () => new TextEncoder(), TextDecoder: () => new TextDecoder(),
      DOMException: () => new DOMException('x'), Error: () => new Error('x'), Date: () => new Date(0), Function: () => () => {}, console: () => console, performance: () => performance };
    const names = NAMES;
    const attempt = (label, holder, key) => { try { holder[key] = 7; out.push(holder[key] === 7 ? 'ok' : label + '.' + key + ' ' + typeof holder[key]); } catch (e) { out.push(label + '.' + key + ' ' + e.name); } };
    export default { fetch() {
      for (const name in samples) { const sample = samples[name](); for (let p = Object.getPrototypeOf(sample); p !== null && p !== Object.prototype; p = Object.getPrototypeOf(p)) for (const key of Object.getOwnPropertyNames(p)) {
        let read; try { read = p[key]; } catch { continue; } if (read instanceof Promise) { read.catch(() => {}); continue; } if (typeof read === 'function' && key !== 'constructor') attempt(name, sample, key); } }
      for (const name of names) { const type = globalThis[name]; if (typeof type !== 'function' || type.prototype === undefined || name === 'Proxy' || /^[a-z]/.test(name)) continue; let sub; try { sub = class extends type {}; } catch { continue; }
        for (const key of Object.getOwnPropertyNames(type)) if (typeof type[key] === 'function' && key !== 'prototype' && !PROTECTED.has(name + '.' + key)) attempt('class ' + name, sub, key);
        for (const key of Object.getOwnPropertyNames(type.prototype)) { let read; try { read = type.prototype[key]; } catch { continue; } if (read instanceof Promise) { read.catch(() => {}); continue; } if (typeof read === 'function' && !PROTECTED.has(name + '.prototype.' + key) && key !== 'constructor') attempt('subclass ' + name, sub.prototype, key); } }
      return new Response(JSON.stringify(out.filter((line) => line !== 'ok')) + out.length);
    } };`.replace('NAMES', () => JSON.stringify(GLOBAL_NAMES));
  const answer = async (hardened: boolean): Promise<string> => {
    const runtime = new Runtime({ surface: 'Contained', hardened }, NativeParts.Frames);
    await runtime.module('file:///handler.js', `const PROTECTED = new Set(${JSON.stringify(guarded)});${source}`);
    const { body } = await runtime.send() ?? assert.fail(runtime.failures.get(1)?.message);
    return body as string;
  };

  assert.equal(await answer(true), await answer(false));
});

/** What V8's protectors watch stays as it is, at the price that its assignment on a subclass throws; `compile` is gone. */
const guarded = ['Promise.resolve', 'Promise.prototype.then', 'RegExp.prototype.exec', 'RegExp.prototype.compile'];

test('memories of WebAssembly that one request may grow take nothing from those of another', async () => {
  const gates: (() => void)[] = [];
  const runtime = await serve(`
    export default { async fetch(request) {
      const first = new WebAssembly.Memory({ initial: 0, maximum: 16 });
      const others = [];
      for (let i = 0; i < 40; i++) others.push(new WebAssembly.Memory({ initial: 0, maximum: 16 }));
      await new Promise((done) => { gate(done); });
      return new Response(String(first.grow(16) + others.length));
    } };`, { gate: (done: () => void) => { gates.push(done); } });
  const first = runtime.send({}, 1);
  const second = runtime.send({}, 2);
  await turn();
  gates.forEach((open) => { open(); });

  assert.deepEqual([(await first)?.body, (await second)?.body], ['40', '40']);
});
