// The trampoline: the only function that the host calls. No exception of user code leaves it.
import { entry } from './entries.ts';
import { errorText } from './errors.ts';
import { carriesFrames, currentFrame, setFrame } from './frames.ts';
import { bindHost, host, type HostFunction } from './host.ts';
import { makeLazies } from './lazies.ts';
import { EntryOp, HostOp, ReportKind } from './ops.ts';

const { apply, defineProperty } = Reflect;
const { floor } = Math;
/** An entry's number is the operation's number times this, plus the EntryOp. */
const OPS = 256;
/** Whether an entry is under way: a host function that script code has called may enter again. */
let entered = false;

// ClearScript reads `hostException` of every exception that leaves V8, and casts it without a check. Only errors that V8 itself makes can leave, so the property that they inherit must always be undefined.
for (const prototype of [Error.prototype, TypeError.prototype, RangeError.prototype, SyntaxError.prototype, ReferenceError.prototype, EvalError.prototype, URIError.prototype, AggregateError.prototype]) {
  defineProperty(prototype, 'hostException', { value: undefined, writable: false, enumerable: false, configurable: false });
}

/** Returns whether the entry failed. */
function enter(code: number, ...args: unknown[]): boolean {
  const operation = floor(code / OPS);
  const op = code - operation * OPS;
  // The entry that was under way has been interrupted, so it does not go on after this one.
  const nested = entered && op !== EntryOp.OperationInterrupted;
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

/** The host takes this function from the global object, and deletes it there, before any user code runs. An image of a function has it put back once the function's top level has ended. */
export function take(f: HostFunction): typeof enter {
  makeLazies();
  bindHost(f);
  return enter;
}

defineProperty(globalThis, '__jsrun', { value: take, configurable: true });
