// Functions that the host holds: it calls and releases them by their number.
import { onEntry } from '../kernel/entries.ts';
import { apply } from '../kernel/intrinsics.ts';
import { EntryOp } from '../kernel/ops.ts';
import { answer, answerSettled, answerThrown } from './answer.ts';
import { isPromise } from './classify.ts';
import { ConversionError } from './conversion-error.ts';
import { decode } from './decode.ts';
import { findFunction, forgetFunction } from './references.ts';
import type { Payload } from './wire.ts';

export function registerFunctions(): void {
  onEntry(EntryOp.CallFunction, callFunction);
  onEntry(EntryOp.ReleaseFunction, (id: number) => { forgetFunction(id); });
}

function callFunction(call: number, id: number, args: Payload, hasReceiver: boolean, awaits: boolean): void {
  let result: unknown;
  try {
    const found = findFunction(id);
    if (found === undefined) throw new ConversionError(`Function ID ${id} not found`);
    // A receiver crosses together with the arguments, because only one value crosses at a time.
    const decoded = decode(args) as unknown[];
    result = hasReceiver ? apply(found.f, decoded[0], decoded[1] as unknown[]) : apply(found.f, found.receiver, decoded);
  } catch (error) {
    return answerThrown(call, error);
  }
  if (awaits || isPromise(result)) answerSettled(call, result);
  else answer(call, result);
}
