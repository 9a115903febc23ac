// Fetch: which names and values headers may have. What RegExp.prototype.test asks user code can replace, `exec` that was captured it cannot.
import { test, toLowerCase } from '../../kernel/intrinsics.ts';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What needs neither trimming nor a second look. */
const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const invalid = /[\0\r\n]|[^\0-\xff]/;
const edges = /^[\t\n\r ]+|[\t\n\r ]+$/g;

/** Names that were found valid, with their lower case: most programs use a handful of literals. */
const known = { __proto__: null } as unknown as Record<string, string | undefined>;
let count = 0;
const MOST_KNOWN = 256;
const LONGEST_KNOWN = 64;

export const isToken = (text: string): boolean => test(token, text);

/** The name in lower case; undefined where it is none. */
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

/** The value without white space at its ends; undefined where it is none. */
export function cleanValue(text: string): string | undefined {
  if (test(plain, text)) return text;
  const trimmed = text.replace(edges, '');
  return test(invalid, trimmed) ? undefined : trimmed;
}

/** A name of a script's, in lower case. Throws where it is none. */
export function headerName(value: unknown, what: string): string {
  const name = typeof value === 'string' ? value : `${value as string}`;
  return lowerName(name) ?? refuseName(name, what);
}

/** A value of a script's. Throws where it is none. */
export function headerValue(value: unknown, what: string): string {
  return cleanValue(typeof value === 'string' ? value : `${value as string}`) ?? refuseValue(what);
}

export function refuseName(name: string, what: string): never {
  throw new TypeError(`${what}: ${JSON.stringify(name)} is not a valid header name`);
}

/** Without the value, which may be a secret. */
export function refuseValue(what: string): never {
  throw new TypeError(`${what}: the value is not valid in a header: it holds a line break, a null or a character above U+00FF`);
}

const wide = /[^\0-\xff]/;

export const isByteString = (text: string): boolean => !test(wide, text);
