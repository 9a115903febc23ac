// Sends the host the outcome of an evaluation or a call. The host ignores every outcome after the first.
import { needRoom } from '../kernel/errors.ts';
import { host } from '../kernel/host.ts';
import { settle } from '../kernel/intrinsics.ts';
import { HostOp, ValueOutcome } from '../kernel/ops.ts';
import { ConversionError } from './conversion-error.ts';
import { encode, encodeThrown } from './encode.ts';
import type { Payload } from './wire.ts';
import { beforeOutcome } from '../kernel/outcome.ts';

export function answer(call: number, value: unknown): void {
  let payload: Payload;
  try {
    payload = encode(value);
  } catch (error) {
    return answerNotConvertible(call, error as ConversionError);
  }
  beforeOutcome();
  host(HostOp.Value, call, ValueOutcome.Value, payload);
}

/** Answers with the value that a promise is fulfilled with; any other value is the answer itself. */
export function answerSettled(call: number, value: unknown): void {
  settle(value, (result) => { answer(call, result); }, (error) => { answerThrown(call, error); });
}

export function answerThrown(call: number, error: unknown): void {
  needRoom();
  if (ConversionError.is(error)) return answerNotConvertible(call, error);
  host(HostOp.Value, call, ValueOutcome.Thrown, encodeThrown(error));
}

export function answerPending(call: number): void { host(HostOp.Value, call, ValueOutcome.Pending, undefined); }

function answerNotConvertible(call: number, error: ConversionError): void {
  const cause = ConversionError.cause(error);
  const message = `'${ConversionError.message(error)}`;
  if (cause === undefined) host(HostOp.Value, call, ValueOutcome.NotConvertible, message);
  else host(HostOp.Value, call, ValueOutcome.NotConvertible, message, encodeThrown(cause.thrown));
}
