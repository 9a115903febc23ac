// HTML: reporting an exception: `error` fires on the global object; unless a listener cancels it, the exception is reported to the host.
import { currentGlobal } from '../../kernel/instance-global.ts';
import { afterInterrupt } from '../../kernel/interrupted.ts';
import { describe, errorText } from '../../kernel/errors.ts';
import { host } from '../../kernel/host.ts';
import { HostOp, ReportKind } from '../../kernel/ops.ts';
import { fire } from '../dom/event-target.ts';
import { requireArguments } from '../webidl/interface.ts';
import { ErrorEvent } from './error-event.ts';

/** Where an error was thrown: the first place in its stack. */
const place = /\(?([^\s()]+):(\d+):(\d+)\)?/;
let reporting = false;

/** @param caller the stack of the reporting function, for an error that has no stack */
export function reportException(error: unknown, caller = ''): void {
  let canceled = false;
  // An error in an `error` listener is reported, but fires no further event.
  if (!reporting) {
    reporting = true;
    try {
      const { name, message, stack, thrown } = describe(error);
      const at = place.exec(stack) ?? place.exec(caller);
      canceled = !fire(currentGlobal(), new ErrorEvent('error', {
        message: thrown === undefined ? `Uncaught ${name}: ${message}` : `Uncaught ${message}`,
        filename: at?.[1] ?? '',
        lineno: Number(at?.[2] ?? 0),
        colno: Number(at?.[3] ?? 0),
        error,
        cancelable: true,
      }));
    } finally {
      reporting = false;
    }
  }
  if (!canceled) host(HostOp.Report, ReportKind.Error, errorText(error));
}

afterInterrupt(() => { reporting = false; });

export function reportError(error: unknown): void {
  requireArguments(arguments.length, 1, 'reportError');
  const here: { stack?: unknown } = {};
  (Error as unknown as { captureStackTrace(target: object, below: unknown): void }).captureStackTrace(here, reportError);
  reportException(error, typeof here.stack === 'string' ? here.stack : '');
}
