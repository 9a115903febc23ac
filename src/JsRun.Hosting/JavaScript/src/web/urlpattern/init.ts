// URL Pattern: processing a URLPatternInit, for a pattern or for a URL to match.
import { hasAnOpaquePath, parseUrl, serializeHost, serializePath } from '../url/machine.ts';
import * as canonical from './canonicalize.ts';
import { escapePattern } from './generate.ts';

export const components = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;
export type ComponentName = typeof components[number];
export type Init = Partial<Record<ComponentName | 'baseURL', string>>;

/** For each component, those whose presence prevents that it is inherited from the base URL. */
const before: Partial<Record<ComponentName, ComponentName[]>> = {
  username: ['protocol', 'hostname', 'port', 'username'],
  password: ['protocol', 'hostname', 'port', 'username', 'password'],
  hostname: ['protocol', 'hostname'],
  port: ['protocol', 'hostname', 'port'],
  pathname: ['protocol', 'hostname', 'port', 'pathname'],
  search: ['protocol', 'hostname', 'port', 'pathname', 'search'],
  hash: ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash'],
};

/** As WebIDL reads the dictionary: keys in alphabetical order. */
export function readInit(value: object): Init {
  const init: Init = {};
  for (const key of ['baseURL', ...components].sort() as (keyof Init)[]) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) init[key] = `${member as string}`.toWellFormed();
  }
  return init;
}

export function processInit(init: Init, type: 'pattern' | 'url', start: Init): Init {
  const result: Init = { ...start };
  const forPattern = type === 'pattern';
  const fromBase = (text: string) => (forPattern ? escapePattern(text) : text);
  const base = init.baseURL === undefined ? null : parseUrl(init.baseURL);
  if (init.baseURL !== undefined) {
    if (base === null) throw new TypeError(`URLPattern: "${init.baseURL}" is not a valid base URL`);
    const inherits = (name: ComponentName) => before[name]!.every((earlier) => init[earlier] === undefined);
    if (init.protocol === undefined) result.protocol = fromBase(base.scheme);
    if (!forPattern && inherits('username')) result.username = base.username;
    if (!forPattern && inherits('password')) result.password = base.password;
    if (inherits('hostname')) result.hostname = fromBase(base.host === null ? '' : serializeHost(base.host));
    if (inherits('port')) result.port = base.port === null ? '' : `${base.port}`;
    if (inherits('pathname')) result.pathname = fromBase(serializePath(base));
    if (inherits('search')) result.search = fromBase(base.query ?? '');
    if (inherits('hash')) result.hash = fromBase(base.fragment ?? '');
  }
  const give = (name: ComponentName, canonicalize: (value: string) => string, clean = (value: string) => value) => {
    const value = init[name];
    if (value !== undefined) result[name] = forPattern ? clean(value) : canonicalize(clean(value));
  };
  give('protocol', canonical.protocol, (value) => value.replace(/:$/, ''));
  give('username', canonical.username);
  give('password', canonical.password);
  give('hostname', canonical.hostname);
  give('port', (value) => canonical.port(value, result.protocol));
  give('pathname', (value) => {
    const scheme = result.protocol ?? '';
    return (scheme === '' || canonical.specialSchemes.includes(scheme) ? canonical.pathname : canonical.opaquePathname)(value);
  }, (value) => {
    if (base === null || hasAnOpaquePath(base) || isAbsolute(value, forPattern)) return value;
    const path = fromBase(serializePath(base));
    return path.slice(0, path.lastIndexOf('/') + 1) + value;
  });
  give('search', canonical.search, (value) => value.replace(/^\?/, ''));
  give('hash', canonical.hash, (value) => value.replace(/^#/, ''));
  return result;
}

const isAbsolute = (pathname: string, forPattern: boolean): boolean => pathname.startsWith('/') || forPattern && /^(\\|\{)\//.test(pathname);
