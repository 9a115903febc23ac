import assert from 'node:assert/strict';
import test from 'node:test';
import { EntryOp, HostOp, ReportKind } from '../src/kernel/ops.ts';
import { Runtime, turn } from './runtime.ts';

const started = (runtime: Runtime) => runtime.calls.filter(([op]) => op === HostOp.TimerStart).map(([, , delay]) => delay);

test('microtasks run between two timers', async () => {
  const runtime = new Runtime();
  runtime.evaluate("globalThis.order = []; setTimeout(() => { order.push('t1'); Promise.resolve().then(() => order.push('m1')); }); setTimeout(() => order.push('t2'));");
  await runtime.pass(1);
  assert.deepEqual([...runtime.evaluate('order') as string[]], ['t1', 'm1', 't2']);
});

test('an interval repeats until it is cleared, and passes its arguments', async () => {
  const runtime = new Runtime();
  runtime.evaluate('globalThis.sum = 0; globalThis.id = setInterval((a, b) => { if ((sum += a + b) === 9) clearInterval(id); }, 10, 1, 2);');
  await runtime.pass(100);
  assert.equal(runtime.evaluate('sum'), 9);
  assert.equal(runtime.timerCount, 0);
});

test('nested timers wait for 4 ms from the sixth on', async () => {
  const runtime = new Runtime();
  runtime.evaluate('let n = 0; const f = () => { if (++n < 8) setTimeout(f); }; setTimeout(f);');
  await runtime.pass(100);
  assert.deepEqual(started(runtime), [0, 0, 0, 0, 0, 4, 4, 4]);
});

test('as many timers as allowed at a time, and not one more', async () => {
  const runtime = new Runtime({ maxTimers: 3 });
  assert.match(runtime.evaluate("for (let i = 0; i < 3; i++) setTimeout(() => {}); try { setTimeout(() => {}); } catch (e) { e.name + ': ' + e.message }") as string, /^RangeError: .*JsRun:Limits:MaxTimers/);
  await runtime.pass(1);
  runtime.evaluate('setTimeout(() => {})');
});

test('timers that the host stopped count no more', () => {
  const runtime = new Runtime({ maxTimers: 1 });
  const id = runtime.evaluate('setTimeout(() => {})');
  runtime.enter(EntryOp.TimerStopped, id);
  runtime.evaluate('setTimeout(() => {})');
});

test('a throw in a timer fires error and is reported, unless cancelled', async () => {
  const runtime = new Runtime();
  runtime.evaluate("globalThis.seen = []; addEventListener('error', (e) => { seen.push(e.message + ' ' + (e.error instanceof RangeError) + ' ' + e.isTrusted); if (e.message.includes('quiet')) e.preventDefault(); }); setTimeout(() => { throw new RangeError('loud'); }); setTimeout(() => { throw new RangeError('quiet'); });");
  await runtime.pass(1);
  assert.deepEqual([...runtime.evaluate('seen') as string[]], ['Uncaught RangeError: loud true true', 'Uncaught RangeError: quiet true true']);
  assert.deepEqual(runtime.reports.map(({ error }) => error.message), ['loud']);
});

test('a throw of hostException in a timer is a report', async () => {
  const runtime = new Runtime();
  runtime.evaluate('setTimeout(() => { throw { hostException: 1 }; })');
  await runtime.pass(1);
  assert.equal(runtime.reports.length, 1);
});

test('onerror gets five arguments and cancels with true', () => {
  const runtime = new Runtime();
  runtime.evaluate("onerror = (...args) => { globalThis.args = args.length + ' ' + args[0]; return true; }; reportError(new TypeError('x'));");
  assert.equal(runtime.evaluate('args'), '5 Uncaught TypeError: x');
  assert.equal(runtime.reports.length, 0);
});

test('queueMicrotask reports what its callback throws', async () => {
  const runtime = new Runtime();
  runtime.evaluate("queueMicrotask(() => { throw new Error('micro'); })");
  await turn();
  assert.equal(runtime.reports[0]?.error.message, 'micro');
});

test('unhandled rejections fire an event and are reported, handled ones are not', async () => {
  const runtime = new Runtime();
  runtime.evaluate("globalThis.seen = []; addEventListener('unhandledrejection', (e) => seen.push(e.reason.message)); addEventListener('rejectionhandled', (e) => seen.push('handled')); globalThis.a = Promise.reject(new Error('a')); a.catch(() => {}); globalThis.b = Promise.reject(new Error('b')); b.catch(() => {});");
  const [a, b] = [runtime.evaluate('a'), runtime.evaluate('b')];
  runtime.rejections(
    { handled: false, promise: a, reason: runtime.evaluate("new Error('a')") },
    { handled: false, promise: b, reason: runtime.evaluate("new Error('b')") },
    { handled: true, promise: b },
  );
  runtime.rejections({ handled: true, promise: a });
  assert.deepEqual([...runtime.evaluate('seen') as string[]], ['a', 'handled']);
  assert.deepEqual(runtime.reports.map(({ kind, error }) => [kind, error.message]), [[ReportKind.UnhandledRejection, 'a']]);
});

test('AbortSignal.timeout aborts with a TimeoutError', async () => {
  const runtime = new Runtime();
  runtime.evaluate('globalThis.s = AbortSignal.timeout(10)');
  await runtime.pass(9);
  assert.equal(runtime.evaluate('s.aborted'), false);
  await runtime.pass(1);
  assert.equal(runtime.evaluate('s.reason.name'), 'TimeoutError');
});
