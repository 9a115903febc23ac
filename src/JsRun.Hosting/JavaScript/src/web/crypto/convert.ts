// WebIDL's conversions of SubtleCrypto's arguments.
import { floor, list, NativeTypeError, test, toLowerCase } from '../../kernel/intrinsics.ts';
import { sequence } from '../webidl/interface.ts';
import { type CryptoKey, isCryptoKey, type KeySlots, type KeyUsage, slotsOf } from './crypto-key.ts';
import { fail } from './errors.ts';

export type Format = 'raw' | 'spki' | 'pkcs8' | 'jwk';
export type AlgorithmIdentifier = string | Record<string, unknown>;

const formats: readonly Format[] = ['raw', 'spki', 'pkcs8', 'jwk'];
/** In the order in which a key shows them. */
const allUsages: readonly KeyUsage[] = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null || typeof value === 'function';

export const toText = (value: unknown): string => `${value as string}`;

export const toBoolean = (value: unknown): boolean => !!value;

export const toAlgorithm = (value: unknown): AlgorithmIdentifier => (isObject(value) ? value : toText(value));

export function has<T>(list: readonly T[], value: unknown): value is T {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return true;
  return false;
}

export function toFormat(value: unknown): Format {
  const format = toText(value);
  if (!has(formats, format)) throw new NativeTypeError(`"${format}" is not a key format`);
  return format;
}

export function toUsages(value: unknown): KeyUsage[] {
  const usages: KeyUsage[] = [];
  const given = sequence(value, 'keyUsages');
  for (let i = 0; i < given.length; i++) {
    const usage = toText(given[i]);
    if (!has(allUsages, usage)) throw new NativeTypeError(`"${usage}" is not a key usage`);
    usages[i] = usage;
  }
  return usages;
}

export function toKey(value: unknown, what: string): KeySlots {
  if (!isCryptoKey(value)) throw new NativeTypeError(`${what} is not a CryptoKey`);
  return slotsOf(value as CryptoKey);
}

/** [EnforceRange] */
export function toNumberWithin(value: unknown, most: number, what: string): number {
  const number = +(value as number);
  const whole = number < 0 ? -floor(-number) : floor(number);
  if (!(whole >= 0 && whole <= most)) throw new NativeTypeError(`${what} is not a number from 0 to ${most}`);
  return whole + 0;
}

/** Those of `usages` that are allowed, once each and in order. */
export function pick(usages: readonly KeyUsage[], allowed: readonly KeyUsage[]): KeyUsage[] {
  const picked = list<KeyUsage>();
  for (let i = 0; i < allUsages.length; i++) if (has(usages, allUsages[i]) && has(allowed, allUsages[i])) picked[picked.length] = allUsages[i]!;
  return picked;
}

export function allowOnly(usages: readonly KeyUsage[], allowed: readonly KeyUsage[], others: readonly KeyUsage[] = allowed): void {
  for (let i = 0; i < usages.length; i++) if (!has(allowed, usages[i]) && !has(others, usages[i])) fail('SyntaxError', `The key usage "${usages[i]!}" is not allowed for this key`);
}

export function requireUsage(usages: readonly KeyUsage[]): void {
  if (usages.length === 0) fail('SyntaxError', 'A secret or private key needs a usage');
}

/** ASCII only: other letters may become ASCII ones in lower case. */
export const toKeyName = (name: string): string => (test(/^[\x20-\x7e]*$/, name) ? toLowerCase(name) : '');
