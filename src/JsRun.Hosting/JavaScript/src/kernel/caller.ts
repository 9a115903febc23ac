// Who called: for errors that arise when the host answers, at which time none of the author's functions is on the stack.
import { defineProperty, NativeError } from './intrinsics.ts';

const { captureStackTrace } = NativeError as unknown as { captureStackTrace(target: object): void };

/** The place of a call, of which the text is only made if it is asked for. */
export interface Caller { stack?: unknown }

export function callerHere(): Caller {
  const caller = { __proto__: null } as Caller;
  captureStackTrace(caller);
  return caller;
}

/** Gives an error that the host's answer has made the stack of the call; gives it back. */
export function withCaller<T>(error: T, caller: Caller): T {
  try {
    const frames = framesOf(caller);
    if (frames !== '' && error instanceof NativeError) {
      defineProperty(error, 'stack', { __proto__: null, value: `${error.name}: ${error.message}${frames}`, writable: true, configurable: true } as PropertyDescriptor);
    }
  } catch { /* A script has changed what errors are: this one stays as it is. */ }
  return error;
}

function framesOf({ stack }: Caller): string {
  // A script that has its own `Error.prepareStackTrace` may give anything.
  const from = typeof stack === 'string' ? stack.indexOf('\n') : -1;
  return from < 0 ? '' : (stack as string).slice(from);
}
