// HTML: unhandled promise rejections. V8 reports rejections to the host, which enters PromisesRejected when all microtasks of an entry have run: that is the task that the specification queues then.
// If the native layer is off, returned.ts does what is possible without it.
import { onEntry } from '../../kernel/entries.ts';
import { errorText } from '../../kernel/errors.ts';
import { applyIn } from '../../kernel/frames.ts';
import { host } from '../../kernel/host.ts';
import { instanceOf, isHardened } from '../../kernel/instances.ts';
import { currentGlobal } from '../../kernel/instance-global.ts';
import { NativeSet, NativeWeakMap, setAdd, setDelete, setHas, uncurry, weakMapDelete, weakMapGet, weakMapHas, weakMapSet } from '../../kernel/intrinsics.ts';
import { takeRejections } from '../../kernel/native.ts';
import { EntryOp, HostOp, ReportKind } from '../../kernel/ops.ts';
import { fire } from '../dom/event-target.ts';
import { PromiseRejectionEvent } from './promise-rejection-event.ts';
import { reportException } from './report-error.ts';

/** The reasons of rejected promises that were reported and have not been handled since. */
const reported = new NativeWeakMap<object, unknown>();
const setReason = uncurry(weakMapSet);
const getReason = uncurry(weakMapGet);
const hasReason = uncurry(weakMapHas);
const forget = uncurry(weakMapDelete);
const add = uncurry(setAdd);
const has = uncurry(setHas);
const remove = uncurry(setDelete);

/** Called when the first rejection is reported: most contexts never have one. */
export function registerRejections(): void { onEntry(EntryOp.PromisesRejected, tellAll); }

function tellAll(count: number): void {
  const all = takeRejections(count);
  const unhandled = new NativeSet();
  for (let i = 0; i < count; i++) {
    const { handled, promise } = all[i]!;
    if (!handled) add(unhandled, promise);
    else remove(unhandled, promise);
  }
  for (let i = 0; i < count; i++) {
    const { handled, promise, reason, operation } = all[i]!;
    if (handled) {
      if (!hasReason(reported, promise)) continue;
      const known: unknown = getReason(reported, promise);
      forget(reported, promise);
      inInstance(operation, () => { tell('rejectionhandled', promise, known); });
    } else if (has(unhandled, promise)) {
      setReason(reported, promise, reason);
      inInstance(operation, () => { tellUnhandled(promise, reason); });
    }
  }
}

/** In a hardened context the event belongs to the instance whose code has rejected the promise, and to nobody once its request has ended. */
function inInstance(operation: number, run: () => void): void {
  if (!isHardened) run();
  else if (instanceOf(operation) !== undefined) applyIn(operation === 0 ? undefined : [operation, undefined], run, undefined, []);
}

export function tellUnhandled(promise: Promise<unknown>, reason: unknown): void {
  if (tell('unhandledrejection', promise, reason)) host(HostOp.Report, ReportKind.UnhandledRejection, errorText(reason));
}

/** Returns whether no listener cancelled the event. */
function tell(type: string, promise: Promise<unknown>, reason: unknown): boolean {
  try {
    return fire(currentGlobal(), new PromiseRejectionEvent(type, { promise, reason, cancelable: type === 'unhandledrejection' }));
  } catch (error) {
    reportException(error);
    return true;
  }
}
