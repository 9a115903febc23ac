// What web-platform-tests do not ask of streams. They are evaluated after user code, and must not use what that has changed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Runtime } from './runtime.ts';

async function check(body: string, expected: unknown): Promise<void> { assert.deepEqual(await new Runtime().run(body), expected); }

test('streams work where user code has replaced built-ins before their first use', () => check(`
  const seen = [];
  const spy = (name) => function () { seen.push(name); throw new Error(name); };
  const { push } = Array.prototype;
  seen.push = push;
  Array.prototype.push = spy('push');
  Array.prototype.shift = spy('shift');
  Promise.resolve = spy('resolve');
  Promise.reject = spy('reject');
  Function.prototype.call = spy('call');
  Function.prototype.apply = spy('apply');
  Object.defineProperty(Object.prototype, 'signal', { get: spy('signal'), configurable: true });
  Object.defineProperty(Object.prototype, 'highWaterMark', { get: spy('highWaterMark'), configurable: true });
  const values = [];
  values.push = push;
  const source = new ReadableStream({ start(controller) { controller.enqueue(1); controller.enqueue(2); controller.close(); } });
  await source.pipeThrough(new TransformStream({ transform(x, controller) { controller.enqueue(x + 1); } })).pipeTo(new WritableStream({ write(x) { values.push(x); } }));
  delete Object.prototype.signal;
  delete Object.prototype.highWaterMark;
  return [values[0], values[1], seen.length];`, [2, 3, 0]));

test('a pipe whose last chunk is written closes its destination after that', () => check(`
  const events = [];
  const source = new ReadableStream({ start(controller) { controller.enqueue('a'); controller.enqueue('b'); controller.close(); } });
  await source.pipeTo(new WritableStream({ async write(x) { await undefined; events.push(x); }, close() { events.push('close'); } }));
  return events;`, ['a', 'b', 'close']));

test('enqueue() returns before a pipe writes the chunk', () => check(`
  const events = [];
  let controller;
  new ReadableStream({ start(c) { controller = c; } }, { highWaterMark: 0 }).pipeTo(new WritableStream({ write() { events.push('write'); } }));
  await new Promise((resolve) => { queueMicrotask(() => { queueMicrotask(() => { queueMicrotask(resolve); }); }); });
  controller.enqueue('a');
  events.push('enqueued');
  for (let i = 0; i < 10; i++) await undefined;
  return events;`, ['enqueued', 'write']));

test('a chunk of a byte stream, and a view to read into, must be on a buffer of fixed length that is not shared', () => check(`
  const errors = [];
  const note = (error) => { errors.push(error instanceof TypeError); };
  const stream = new ReadableStream({ type: 'bytes', start(controller) {
    for (const buffer of [new ArrayBuffer(1, { maxByteLength: 2 }), new SharedArrayBuffer(1)]) try { controller.enqueue(new Uint8Array(buffer)); } catch (error) { note(error); }
  } });
  const reader = stream.getReader({ mode: 'byob' });
  for (const buffer of [new ArrayBuffer(1, { maxByteLength: 2 }), new SharedArrayBuffer(1)]) await reader.read(new Uint8Array(buffer)).catch(note);
  return errors;`, [true, true, true, true]));

test('the members of streams reject or throw for a receiver of another type', () => check(`
  const results = [];
  for (const receiver of [undefined, null, 1, {}, new WritableStream()]) {
    for (const name of ['cancel', 'pipeTo']) results.push(await ReadableStream.prototype[name].call(receiver).catch((error) => error.name));
    for (const name of ['getReader', 'tee', 'values']) try { ReadableStream.prototype[name].call(receiver); } catch (error) { results.push(error.name); }
  }
  return [results.length, results.every((name) => name === 'TypeError')];`, [25, true]));

test('the signal of a writable stream aborts, also if it is read afterwards', () => check(`
  let controller;
  const stream = new WritableStream({ start(c) { controller = c; } });
  await stream.abort('reason');
  const { signal } = controller;
  return [signal instanceof AbortSignal, signal.aborted, signal.reason, controller.signal === signal];`, [true, true, 'reason', true]));
