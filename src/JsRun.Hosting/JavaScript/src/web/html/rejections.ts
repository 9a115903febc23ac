// HTML: unhandled promise rejections. V8 tells the host, which tells us when all microtasks of an entry have run: this is the task that the specification queues then. Where the
// host cannot reach V8, what asynchronous callbacks (of timers, listeners, microtasks) return is watched: nobody else has those promises.
import { onEntry } from '../../kernel/entries.ts';
import { errorText } from '../../kernel/errors.ts';
import { host } from '../../kernel/host.ts';
import { getPrototypeOf, then, uncurry } from '../../kernel/intrinsics.ts';
import { takeRejections, tracksRejections } from '../../kernel/native.ts';
import { EntryOp, HostOp, ReportKind } from '../../kernel/ops.ts';
import { fire, hooks } from '../dom/event-target.ts';
import { PromiseRejectionEvent } from './promise-rejection-event.ts';
import { queueTask } from './tasks.ts';

/** The reasons of rejected promises that were reported, and that nobody has handled since. */
const reported = new WeakMap<object, unknown>();
const setReason = uncurry(WeakMap.prototype.set);
const getReason = uncurry(WeakMap.prototype.get);
const hasReason = uncurry(WeakMap.prototype.has);
const forget = uncurry(WeakMap.prototype.delete);
const NativeSet = Set;
const add = uncurry(Set.prototype.add);
const has = uncurry(Set.prototype.has);
const remove = uncurry(Set.prototype.delete);

onEntry(EntryOp.PromisesRejected, (count: number) => {
  const all = takeRejections(count);
  const unhandled = new NativeSet();
  for (let i = 0; i < count; i++) {
    const { handled, promise } = all[i]!;
    if (!handled) add(unhandled, promise);
    else remove(unhandled, promise);
  }
  for (let i = 0; i < count; i++) {
    const { handled, promise, reason } = all[i]!;
    if (handled) {
      if (!hasReason(reported, promise)) continue;
      const known: unknown = getReason(reported, promise);
      forget(reported, promise);
      tell('rejectionhandled', promise, known);
    } else if (has(unhandled, promise)) {
      setReason(reported, promise, reason);
      tellUnhandled(promise, reason);
    }
  }
});

const asyncFunction = getPrototypeOf(async () => {});
const ignore = () => {};

hooks.returned = (callback, result) => {
  if (tracksRejections || getPrototypeOf(callback) !== asyncFunction) return;
  try {
    void then(result as Promise<unknown>, ignore, (reason) => { queueTask(() => { tellUnhandled(result as Promise<unknown>, reason); }); });
  } catch { /* the callback only inherits from asynchronous functions, and returned no promise */ }
};

function tellUnhandled(promise: Promise<unknown>, reason: unknown): void {
  if (tell('unhandledrejection', promise, reason)) host(HostOp.Report, ReportKind.UnhandledRejection, errorText(reason));
}

/** Whether nobody cancelled the event. */
function tell(type: string, promise: Promise<unknown>, reason: unknown): boolean {
  try {
    return fire(globalThis, new PromiseRejectionEvent(type, { promise, reason, cancelable: type === 'unhandledrejection' }));
  } catch (error) {
    hooks.report(error);
    return true;
  }
}
