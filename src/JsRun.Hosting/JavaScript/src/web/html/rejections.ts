// HTML: unhandled promise rejections. The host tells what V8 noticed; who handles a rejection before the next task is not reported.
import { onEntry } from '../../kernel/entries.ts';
import { errorText } from '../../kernel/errors.ts';
import { host } from '../../kernel/host.ts';
import { EntryOp, HostOp, ReportKind } from '../../kernel/ops.ts';
import { fire } from '../dom/event-target.ts';
import { PromiseRejectionEvent } from './promise-rejection-event.ts';
import { queueTask } from './tasks.ts';

const waiting = new Set<Promise<unknown>>();
const reported = new WeakSet<Promise<unknown>>();

onEntry(EntryOp.PromiseRejected, (promise: Promise<unknown>, reason: unknown) => {
  waiting.add(promise);
  queueTask(() => {
    if (!waiting.delete(promise)) return;
    reported.add(promise);
    if (fire(globalThis, new PromiseRejectionEvent('unhandledrejection', { promise, reason, cancelable: true }))) {
      host(HostOp.Report, ReportKind.UnhandledRejection, errorText(reason));
    }
  });
});

onEntry(EntryOp.PromiseHandled, (promise: Promise<unknown>) => {
  if (waiting.delete(promise) || !reported.delete(promise)) return;
  queueTask(() => { fire(globalThis, new PromiseRejectionEvent('rejectionhandled', { promise })); });
});
