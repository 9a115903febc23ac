// Captures the stack of a call, for errors that are made when the host answers: at that time none of the author's functions is on the stack.
import { defineProperty, NativeError } from './intrinsics.ts';

const { captureStackTrace } = NativeError as unknown as { captureStackTrace(target: object): void };

/** The stack of a call. V8 makes its text when it is first read. */
export interface Caller { stack?: unknown }

export function callerHere(): Caller {
  const caller = { __proto__: null } as Caller;
  captureStackTrace(caller);
  return caller;
}

/** Sets the stack of an error to the stack of the call, and returns the error. */
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
  // A script's own `Error.prepareStackTrace` may have returned anything.
  const from = typeof stack === 'string' ? stack.indexOf('\n') : -1;
  return from < 0 ? '' : (stack as string).slice(from);
}
