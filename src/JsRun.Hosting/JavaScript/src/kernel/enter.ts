// The trusted trampoline: the only function that the host calls. No exception of user code leaves it.
import { entry } from './entries.ts';
import { errorText } from './errors.ts';
import { carriesFrames, currentFrame, setFrame } from './frames.ts';
import { bindHost, host, type HostFunction } from './host.ts';
import { makeLazies } from './lazies.ts';
import { EntryOp, HostOp, ReportKind } from './ops.ts';

const { apply, defineProperty } = Reflect;
const { floor } = Math;
/** An entry's number beyond this says on whose behalf it is. */
const OPS = 256;
/** Whether a host function that code has called enters again. */
let entered = false;

// ClearScript reads `hostException` of whatever leaves V8 and casts it unguarded. What can leave are errors that V8 itself makes: what they inherit must always be undefined. (Objects of a script never leave.)
for (const prototype of [Error.prototype, TypeError.prototype, RangeError.prototype, SyntaxError.prototype, ReferenceError.prototype, EvalError.prototype, URIError.prototype, AggregateError.prototype]) {
  defineProperty(prototype, 'hostException', { value: undefined, writable: false, enumerable: false, configurable: false });
}

/** Whether it failed. */
function enter(code: number, ...args: unknown[]): boolean {
  const operation = floor(code / OPS);
  const op = code - operation * OPS;
  // Nothing that was entered before a cut is still under way.
  const nested = entered && op !== EntryOp.Cut;
  const before = nested ? currentFrame() : undefined;
  entered = true;
  try {
    if (carriesFrames) setFrame(operation === 0 ? undefined : [operation, undefined]);
    apply(entry(op)!, undefined, args);
    return false;
  } catch (error) {
    try {
      host(HostOp.Report, ReportKind.Entry, errorText(error));
    } catch { /* the stack is exhausted or the host has gone: nothing may leave */ }
    return true;
  } finally {
    entered = nested;
    setFrame(before);
  }
}

/** What the host takes, and deletes, before any user code runs; in an image of a function, what is put there again once its top level has ended. */
export function take(f: HostFunction): typeof enter {
  makeLazies();
  bindHost(f);
  return enter;
}

defineProperty(globalThis, '__jsrun', { value: take, configurable: true });
