// URL Pattern: the class.
import { parseUrl, serializeHost, serializePath } from '../url/machine.ts';
import { defineInterface, dictionary } from '../webidl/interface.ts';
import * as canonical from './canonicalize.ts';
import { Component, type Groups } from './component.ts';
import { matchesSpecialScheme, parseConstructorString } from './constructor-string.ts';
import { type ComponentName, type Init, components, processInit, readInit } from './init.ts';

type Input = string | Init;
interface ComponentResult { input: string; groups: Groups }
export type URLPatternResult = { inputs: Input[] } & Record<ComponentName, ComponentResult>;

const empty: Init = Object.fromEntries(components.map((name) => [name, '']));
const usv = (value: unknown) => `${value as string}`.toWellFormed();

/** A union of a string and a dictionary. */
const readInput = (input: unknown): Input => (input === undefined || input === null ? {} : typeof input === 'object' || typeof input === 'function' ? readInit(input) : usv(input));

export class URLPattern {
  #components: Record<ComponentName, Component>;

  constructor(input: Input | undefined = undefined, baseOrOptions: unknown = undefined, options: unknown = undefined) {
    const hasBase = baseOrOptions !== undefined && baseOrOptions !== null && typeof baseOrOptions !== 'object' && typeof baseOrOptions !== 'function' || arguments.length > 2;
    const given = readInput(input);
    const base = hasBase ? usv(baseOrOptions) : undefined;
    const { ignoreCase } = dictionary(hasBase ? options : baseOrOptions, 'URLPattern: options');
    this.#components = compile(initOf(given, base), !!ignoreCase);
  }

  get protocol(): string { return this.#components.protocol.pattern; }
  get username(): string { return this.#components.username.pattern; }
  get password(): string { return this.#components.password.pattern; }
  get hostname(): string { return this.#components.hostname.pattern; }
  get port(): string { return this.#components.port.pattern; }
  get pathname(): string { return this.#components.pathname.pattern; }
  get search(): string { return this.#components.search.pattern; }
  get hash(): string { return this.#components.hash.pattern; }
  get hasRegExpGroups(): boolean { return Object.values(this.#components).some((component) => component.hasRegExpGroups); }

  test(input: Input | undefined = undefined, base: string | undefined = undefined): boolean {
    const compiled = this.#components;
    const values = valuesOf(readInput(input), base === undefined ? undefined : usv(base));
    return values !== null && components.every((name) => compiled[name].matches(values[name]!));
  }

  exec(input: Input | undefined = undefined, base: string | undefined = undefined): URLPatternResult | null {
    const compiled = this.#components;
    const given = readInput(input);
    const baseText = base === undefined ? undefined : usv(base);
    const values = valuesOf(given, baseText);
    if (values === null) return null;
    const result = { inputs: baseText === undefined ? [given] : [given, baseText] } as URLPatternResult;
    for (const name of components) {
      const value = values[name]!;
      const groups = compiled[name].match(value);
      if (groups === null) return null;
      result[name] = { input: value, groups };
    }
    return result;
  }
}
defineInterface(URLPattern, 'URLPattern');

function initOf(input: Input, base: string | undefined): Init {
  if (typeof input !== 'string') {
    if (base !== undefined) throw new TypeError('URLPattern: a base URL as an argument goes with a string only; give an object its baseURL');
    return input;
  }
  const init = parseConstructorString(input);
  if (base === undefined && init.protocol === undefined) throw new TypeError(`URLPattern: "${input}" is relative, and there is no base URL`);
  if (base !== undefined) init.baseURL = base;
  return init;
}

function compile(init: Init, ignoreCase: boolean): Record<ComponentName, Component> {
  const processed = processInit(init, 'pattern', {});
  for (const name of components) processed[name] ??= '*';
  const { protocol, username, password, hostname, port, pathname, search, hash } = processed as Required<Init>;
  const plain = { delimiter: '', prefix: '', ignoreCase: false };
  const folded = { ...plain, ignoreCase };
  const protocolComponent = new Component(protocol, canonical.protocol, plain);
  const isIpv6 = /^(\[|[{\\]\[)/.test(hostname);
  const isSpecial = matchesSpecialScheme(protocolComponent);
  return {
    protocol: protocolComponent,
    username: new Component(username, canonical.username, plain),
    password: new Component(password, canonical.password, plain),
    hostname: new Component(hostname, isIpv6 ? canonical.ipv6Hostname : canonical.hostname, { ...plain, delimiter: '.' }),
    port: new Component(port !== '' && canonical.defaultPortOf(protocol) === port ? '' : port, canonical.port, plain),
    pathname: isSpecial ? new Component(pathname, canonical.pathname, { delimiter: '/', prefix: '/', ignoreCase }) : new Component(pathname, canonical.opaquePathname, folded),
    search: new Component(search, canonical.search, folded),
    hash: new Component(hash, canonical.hash, folded),
  };
}

/** The components of what is matched; null for what is no URL. */
function valuesOf(input: Input, base: string | undefined): Init | null {
  if (typeof input !== 'string') {
    if (base !== undefined) throw new TypeError('URLPattern: a base URL as an argument goes with a string only; give an object its baseURL');
    try {
      return processInit(input, 'url', empty);
    } catch {
      return null;
    }
  }
  const parsedBase = base === undefined ? null : parseUrl(base);
  if (base !== undefined && parsedBase === null) return null;
  const url = parseUrl(input, parsedBase);
  if (url === null) return null;
  return {
    protocol: url.scheme, username: url.username, password: url.password, hostname: url.host === null ? '' : serializeHost(url.host), port: url.port === null ? '' : `${url.port}`,
    pathname: serializePath(url), search: url.query ?? '', hash: url.fragment ?? '',
  };
}
