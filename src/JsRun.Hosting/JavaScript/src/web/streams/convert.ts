// WebIDL's conversions of the arguments of streams.
import { floor, NativeTypeError, toNumber } from '../../kernel/intrinsics.ts';
import { dictionary } from '../webidl/interface.ts';

export type Callback = (...args: any[]) => unknown;

const { MAX_SAFE_INTEGER } = Number;

export const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** A member that is a callback function; undefined if it is missing. */
export function callback(members: Record<string, unknown>, name: string, what: string): Callback | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'function') throw new NativeTypeError(`${what}: ${name} is not a function`);
  return value as Callback;
}

/** [EnforceRange] unsigned long long */
export function enforceRange(value: unknown, what: string): number {
  const number = toNumber(value);
  const whole = number < 0 ? -floor(-number) : floor(number);
  if (!(whole >= 0 && whole <= MAX_SAFE_INTEGER)) throw new NativeTypeError(`${what} is not a whole number from 0 to ${MAX_SAFE_INTEGER}`);
  return whole + 0;
}

/** `optional object`: undefined is an empty dictionary, and everything else must be an object. */
export function optionalObject(value: unknown, what: string): Record<string, unknown> {
  if (value === null) throw new NativeTypeError(`${what} is not an object`);
  return dictionary(value, what);
}
