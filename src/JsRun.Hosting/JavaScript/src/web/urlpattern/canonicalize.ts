// URL Pattern: the canonical form of each component, as the URL parser gives it.
import { type UrlRecord } from '../url/canonical.ts';
import { parseInto, parseUrl, serializeHost, serializePath, setThePassword, setTheUsername } from '../url/machine.ts';

export type Canonicalize = (value: string) => string;

const defaultPorts: Record<string, string> = { http: '80', https: '443', ws: '80', wss: '443', ftp: '21', file: '' };
export const specialSchemes = Object.keys(defaultPorts);
export const defaultPortOf = (scheme: string): string | undefined => (Object.hasOwn(defaultPorts, scheme) ? defaultPorts[scheme] : undefined);

const dummy = (scheme = 'https'): UrlRecord => ({ scheme, username: '', password: '', host: '', port: null, path: [], query: null, fragment: null });

function parseComponent(record: UrlRecord, value: string, state: string): UrlRecord {
  if (!parseInto(record, value, state)) throw new TypeError(`URLPattern: "${value}" is not valid there`);
  return record;
}

const unlessEmpty = (canonicalize: Canonicalize): Canonicalize => (value) => (value === '' ? '' : canonicalize(value));

export const protocol = unlessEmpty((value) => {
  const url = parseUrl(`${value}://dummy.test`);
  if (url === null) throw new TypeError(`URLPattern: "${value}" is not a protocol`);
  return url.scheme;
});

export const username = unlessEmpty((value) => {
  const url = dummy();
  setTheUsername(url, value);
  return url.username;
});

export const password = unlessEmpty((value) => {
  const url = dummy();
  setThePassword(url, value);
  return url.password;
});

export const hostname = unlessEmpty((value) => serializeHost(parseComponent(dummy(), value, 'hostname').host));

export const ipv6Hostname: Canonicalize = (value) => {
  if (!/^[0-9a-f[\]:]*$/i.test(value)) throw new TypeError(`URLPattern: "${value}" is not an IPv6 address`);
  return value.toLowerCase();
};

export function port(value: string, scheme?: string): string {
  if (value === '') return '';
  const parsed = parseComponent(dummy(scheme || 'dummy'), value, 'port').port;
  return parsed === null ? '' : `${parsed}`;
}

export const pathname = unlessEmpty((value) => {
  // Without a slash in front the parser would put one there.
  const relative = !value.startsWith('/');
  const path = serializePath(parseComponent(dummy(), relative ? `/-${value}` : value, 'path start'));
  return relative ? path.slice(2) : path;
});

export const opaquePathname = unlessEmpty((value) => {
  const record = dummy('data');
  record.host = null;
  (record as { path: unknown }).path = '';
  return serializePath(parseComponent(record, value, 'opaque path'));
});

export const search = unlessEmpty((value) => {
  const record = dummy();
  record.query = '';
  return parseComponent(record, value, 'query').query!;
});

export const hash = unlessEmpty((value) => {
  const record = dummy();
  record.fragment = '';
  return parseComponent(record, value, 'fragment').fragment!;
});
