// Fetch: RequestInit, read in the order in which WebIDL reads a dictionary, and converted.
import { isSignal } from '../dom/abort-signal.ts';
import { dictionary } from '../webidl/interface.ts';
import type { HeadersInit } from './headers.ts';
import { isToken } from './header-syntax.ts';

export interface RequestInit {
  body?: unknown;
  cache?: string;
  credentials?: string;
  duplex?: 'half';
  headers?: HeadersInit;
  integrity?: string;
  keepalive?: boolean;
  method?: string;
  mode?: string;
  priority?: string;
  redirect?: Redirect;
  referrer?: string;
  referrerPolicy?: string;
  signal?: AbortSignal | null;
  window?: null;
}

export type Redirect = 'follow' | 'error' | 'manual';

type AbortSignal = import('../dom/abort-signal.ts').AbortSignal;
type Key = keyof RequestInit;

const values = (text: string): Set<string> => new Set(text.split(' '));
const enums: Partial<Record<Key, Set<string>>> = {
  cache: values('default no-store reload no-cache force-cache only-if-cached'),
  credentials: values('omit same-origin include'),
  duplex: values('half'),
  mode: values('navigate same-origin no-cors cors'),
  priority: values('high low auto'),
  redirect: values('follow error manual'),
  referrerPolicy: new Set(['', ...values('no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin strict-origin-when-cross-origin unsafe-url')]),
};

const plainKeys: readonly Key[] = ['body', 'cache', 'credentials', 'duplex', 'headers', 'integrity', 'keepalive', 'method', 'mode', 'priority', 'redirect', 'referrer', 'referrerPolicy', 'signal', 'window'];

/** Only what the init has. */
export function readRequestInit(init: unknown): RequestInit {
  const given = dictionary(init, 'Request: the init');
  const result: Record<string, unknown> = {};
  for (let i = 0; i < plainKeys.length; i++) {
    const key = plainKeys[i]!;
    const value = given[key];
    if (value !== undefined) result[key] = convert(key, value);
  }
  return result;
}

function convert(key: Key, value: unknown): unknown {
  if (key === 'body' || key === 'headers' || key === 'window') return value;
  if (key === 'keepalive') return Boolean(value);
  if (key === 'signal') {
    if (value !== null && !isSignal(value)) throw new TypeError('Request: the signal is not an AbortSignal');
    return value;
  }
  const text = `${value as string}`;
  const allowed = enums[key];
  if (allowed !== undefined && !allowed.has(text)) throw new TypeError(`Request: "${text}" is not a value of ${key}`);
  return text;
}

const normalized: Record<string, string> = { __proto__: null, delete: 'DELETE', get: 'GET', head: 'HEAD', options: 'OPTIONS', post: 'POST', put: 'PUT' } as never;
const forbidden = new Set(['CONNECT', 'TRACE', 'TRACK']);

export function readMethod(method: string): string {
  if (!isToken(method)) throw new TypeError(`Request: "${method}" is not a valid method`);
  if (forbidden.has(method.toUpperCase())) throw new TypeError(`Request: the method "${method}" is forbidden`);
  return normalized[method.toLowerCase()] ?? method;
}
