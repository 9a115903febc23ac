// Web Crypto: JSON Web Keys (RFC 7517). Reads them as the WebIDL dictionary, and makes the checks that all kinds of keys have in common.
import { byteLengthOf, charCodeAt, defineProperty, floor, isArray, list, NativeTypeError, NativeUint8Array } from '../../kernel/intrinsics.ts';
import { sequence } from '../webidl/interface.ts';
import type { Bytes } from './call.ts';
import { has, isObject, toText } from './convert.ts';
import type { KeyUsage } from './crypto-key.ts';
import { fail } from './errors.ts';

type TextMember = 'alg' | 'crv' | 'd' | 'dp' | 'dq' | 'e' | 'k' | 'kty' | 'n' | 'p' | 'q' | 'qi' | 'use' | 'x' | 'y';
export type Jwk = { [member in TextMember]?: string } & { ext?: boolean; key_ops?: string[]; oth?: unknown[] };

const members = ['alg', 'crv', 'd', 'dp', 'dq', 'e', 'ext', 'k', 'key_ops', 'kty', 'n', 'oth', 'p', 'q', 'qi', 'use', 'x', 'y'] as const;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A key without a prototype, so that it has no members but its own. */
export const createJwk = (): Jwk => ({ __proto__: null }) as Jwk;

/** @param trusted the object is not user code's, and its lists are read without their iterator, which user code can replace */
export function readJwk(value: unknown, trusted = false): Jwk {
  const jwk = createJwk() as Record<string, unknown>;
  if (value === undefined || value === null) return jwk;
  if (!isObject(value)) throw new NativeTypeError('keyData is neither an ArrayBuffer, nor a view on one, nor a JSON Web Key');
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    const given = value[member];
    if (given !== undefined) jwk[member] = convert(member, given, trusted);
  }
  return jwk;
}

function convert(member: (typeof members)[number], given: unknown, trusted: boolean): unknown {
  if (member === 'ext') return !!given;
  if (member === 'oth') return trusted ? given : sequence(given, 'oth');
  if (member !== 'key_ops') return toText(given);
  const read = trusted && isArray(given) ? given as unknown[] : sequence(given, 'key_ops');
  const usages = list<string>();
  for (let i = 0; i < read.length; i++) usages[i] = toText(read[i]);
  return usages;
}

/** Checks the members that every key of this kind must have. */
export function checkJwk(jwk: Jwk, kty: string, use: string, usages: readonly KeyUsage[], extractable: boolean): void {
  if (jwk.kty !== kty) fail('DataError', `The JSON Web Key's kty is not "${kty}"`);
  if (jwk.use !== undefined && usages.length > 0 && jwk.use !== use) fail('DataError', `The JSON Web Key's use is not "${use}"`);
  if (jwk.ext === false && extractable) fail('DataError', 'The JSON Web Key may not be extractable');
  const { key_ops } = jwk;
  if (key_ops === undefined) return;
  for (let i = 0; i < key_ops.length; i++) {
    for (let j = 0; j < i; j++) if (key_ops[i] === key_ops[j]) fail('DataError', `The JSON Web Key's key_ops has "${key_ops[i]!}" twice`);
  }
  for (let i = 0; i < usages.length; i++) if (!has(key_ops, usages[i])) fail('DataError', `The JSON Web Key's key_ops lacks "${usages[i]!}"`);
}

/** The bytes of a member. */
export function decode(jwk: Jwk, member: TextMember): Bytes {
  const text = jwk[member];
  if (text === undefined) fail('DataError', `The JSON Web Key has no ${member}`);
  return fromBase64Url(text!) ?? fail('DataError', `The JSON Web Key's ${member} is not base64url`);
}

function fromBase64Url(text: string): Bytes | undefined {
  const { length } = text;
  if (length % 4 === 1) return undefined;
  const bytes = new NativeUint8Array(floor(length * 3 / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const value = valueOf(charCodeAt(text, i));
    if (value < 0) return undefined;
    bits = (bits << 6 | value) & 0xfff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = bits >> count;
    }
  }
  return bytes;
}

function valueOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 48 && code <= 57) return code + 4;
  return code === 45 ? 62 : code === 95 ? 63 : -1;
}

export function encode(bytes: Uint8Array): string {
  const length = byteLengthOf(bytes);
  let text = '';
  for (let i = 0; i < length; i += 3) {
    const left = length - i;
    const bits = bytes[i]! << 16 | (left > 1 ? bytes[i + 1]! << 8 : 0) | (left > 2 ? bytes[i + 2]! : 0);
    text += alphabet[bits >> 18]! + alphabet[bits >> 12 & 63]! + (left > 1 ? alphabet[bits >> 6 & 63]! : '') + (left > 2 ? alphabet[bits & 63]! : '');
  }
  return text;
}

/** A plain object for user code, with its members in WebIDL's order. */
export function toObject(jwk: Jwk): object {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    if (jwk[member] !== undefined) defineProperty(object, member, { __proto__: null, value: jwk[member], writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
  }
  return object;
}
