// Fetch: which names and values headers may have. Checks use the captured `exec`, because RegExp.prototype.test calls an `exec` that user code can replace.
import { test, toLowerCase } from '../../kernel/intrinsics.ts';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Values that need no trimming and are valid. */
const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const invalid = /[\0\r\n]|[^\0-\xff]/;
const edges = /^[\t\n\r ]+|[\t\n\r ]+$/g;

/** Names that were found valid, with their lower case: most programs use a handful of literals. */
const known = { __proto__: null } as unknown as Record<string, string | undefined>;
let count = 0;
const MOST_KNOWN = 256;
const LONGEST_KNOWN = 64;

export const isToken = (text: string): boolean => test(token, text);

/** The name in lower case; undefined if it is invalid. */
export function lowerName(name: string): string | undefined {
  const lower = known[name];
  return lower ?? learn(name);
}

function learn(name: string): string | undefined {
  if (!test(token, name)) return undefined;
  const lower = toLowerCase(name);
  if (name.length <= LONGEST_KNOWN && count < MOST_KNOWN) {
    known[name] = lower;
    count++;
  }
  return lower;
}

/** The value without white space at its ends; undefined if it is invalid. */
export function cleanValue(text: string): string | undefined {
  if (test(plain, text)) return text;
  const trimmed = text.replace(edges, '');
  return test(invalid, trimmed) ? undefined : trimmed;
}

/** A script's header name, in lower case. Throws if it is invalid. */
export function headerName(value: unknown, what: string): string {
  const name = typeof value === 'string' ? value : `${value as string}`;
  return lowerName(name) ?? refuseName(name, what);
}

/** A script's header value. Throws if it is invalid. */
export function headerValue(value: unknown, what: string): string {
  return cleanValue(typeof value === 'string' ? value : `${value as string}`) ?? refuseValue(what);
}

export function refuseName(name: string, what: string): never {
  throw new TypeError(`${what}: ${JSON.stringify(name)} is not a valid header name`);
}

/** The message does not have the value, which may be a secret. */
export function refuseValue(what: string): never {
  throw new TypeError(`${what}: the value is not valid in a header: it holds a line break, a null or a character above U+00FF`);
}

const wide = /[^\0-\xff]/;

export const isByteString = (text: string): boolean => !test(wide, text);
