// HTML: unhandled promise rejections. The host tells what V8 noticed; who handles a rejection before the next task is not reported. Where the host cannot tell, what
// asynchronous callbacks (of timers, listeners, microtasks) return is watched: nobody else has those promises.
import { settings } from '../../kernel/configure.ts';
import { onEntry } from '../../kernel/entries.ts';
import { errorText } from '../../kernel/errors.ts';
import { host } from '../../kernel/host.ts';
import { getPrototypeOf, then } from '../../kernel/intrinsics.ts';
import { EntryOp, HostOp, ReportKind } from '../../kernel/ops.ts';
import { fire, hooks } from '../dom/event-target.ts';
import { PromiseRejectionEvent } from './promise-rejection-event.ts';
import { queueTask } from './tasks.ts';

const waiting = new Set<Promise<unknown>>();
const reported = new WeakSet<Promise<unknown>>();

function rejected(promise: Promise<unknown>, reason: unknown): void {
  waiting.add(promise);
  queueTask(() => {
    if (!waiting.delete(promise)) return;
    reported.add(promise);
    if (fire(globalThis, new PromiseRejectionEvent('unhandledrejection', { promise, reason, cancelable: true }))) {
      host(HostOp.Report, ReportKind.UnhandledRejection, errorText(reason));
    }
  });
}

onEntry(EntryOp.PromiseRejected, rejected);

onEntry(EntryOp.PromiseHandled, (promise: Promise<unknown>) => {
  if (waiting.delete(promise) || !reported.delete(promise)) return;
  queueTask(() => { fire(globalThis, new PromiseRejectionEvent('rejectionhandled', { promise })); });
});

const asyncFunction = getPrototypeOf(async () => {});
const ignore = () => {};

hooks.returned = (callback, result) => {
  if (settings.tracksRejections || getPrototypeOf(callback) !== asyncFunction) return;
  try {
    void then(result as Promise<unknown>, ignore, (reason) => { rejected(result as Promise<unknown>, reason); });
  } catch { /* the callback only inherits from asynchronous functions, and returned no promise */ }
};
