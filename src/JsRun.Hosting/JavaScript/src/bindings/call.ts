// Calls of host functions. If all arguments are primitive values they cross as they are. Otherwise all cross as one encoded text, because reading objects runs user code, which must not run
// between the staging of bytes and their use. The answer is an encoded value, or a text that begins with one of the letters below.
import { onEntry } from '../kernel/entries.ts';
import { host } from '../kernel/host.ts';
import { createTable, NativePromise, slice, toNumber } from '../kernel/intrinsics.ts';
import { EntryOp, HostOp } from '../kernel/ops.ts';
import { type Caller, callerHere, withCaller } from '../kernel/caller.ts';
import { ConversionError } from '../values/conversion-error.ts';
import { decode } from '../values/decode.ts';
import { encodeArguments } from '../values/encode.ts';
import type { Payload } from '../values/wire.ts';
import { toHostError } from './host-error.ts';

/** The call failed: the text of a HostErrorText follows. */
const FAILED = '!';
/** The answer comes later: the call's number follows. */
const PENDING = '?';

interface Waiting { resolve: (value: unknown) => void; reject: (reason: unknown) => void; caller: Caller }

const waiting = createTable<Waiting>();

function plain(value: unknown): boolean {
  switch (typeof value) {
    case 'number': case 'string': case 'boolean': case 'undefined': return true;
    default: return value === null;
  }
}

function allPlain(args: readonly unknown[]): boolean {
  for (let i = 0; i < args.length; i++) if (!plain(args[i])) return false;
  return true;
}

function ask(id: number, args: readonly unknown[]): Payload {
  if (args.length <= 4 && allPlain(args)) {
    switch (args.length) {
      case 0: return host(HostOp.HostCall, id) as Payload;
      case 1: return host(HostOp.HostCall, id, args[0]) as Payload;
      case 2: return host(HostOp.HostCall, id, args[0], args[1]) as Payload;
      case 3: return host(HostOp.HostCall, id, args[0], args[1], args[2]) as Payload;
      default: return host(HostOp.HostCall, id, args[0], args[1], args[2], args[3]) as Payload;
    }
  }
  let text;
  try {
    text = encodeArguments(args);
  } catch (error) {
    throw ConversionError.is(error) ? ConversionError.toTypeError(error) : error;
  }
  return host(HostOp.HostCallPacked, id, text) as Payload;
}

/** What the host answers with: a value, or what is thrown. */
function take(answer: Payload): unknown {
  if (typeof answer !== 'string') return answer;
  if (answer[0] === FAILED) throw toHostError(slice(answer, 1));
  return answer[0] === PENDING ? wait(toNumber(slice(answer, 1))) : decode(answer);
}

function wait(call: number): Promise<unknown> {
  const caller = callerHere();
  return new NativePromise((resolve, reject) => { waiting[call] = { resolve, reject, caller }; });
}

export const callSync = (id: number, args: readonly unknown[]): unknown => take(ask(id, args));

export function callAsync(id: number, args: readonly unknown[]): Promise<unknown> {
  let answer: Payload;
  try {
    answer = ask(id, args);
    if (typeof answer === 'string' && answer[0] === PENDING) return wait(toNumber(slice(answer, 1)));
  } catch (error) {
    return new NativePromise((_, reject) => { reject(error); });
  }
  return new NativePromise((resolve) => { resolve(take(answer)); });
}

onEntry(EntryOp.HostCallDone, (call: number, answer: Payload) => {
  const found = waiting[call];
  if (found === undefined) return;
  delete waiting[call];
  try {
    found.resolve(take(answer));
  } catch (error) {
    found.reject(withCaller(error, found.caller));
  }
});
