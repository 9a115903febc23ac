// URL: the URL class over the record that the parser makes. The search parameters are made when they are first read.
import { createObjectURL, revokeObjectURL } from './blob-url.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import type { Blob } from '../file/blob.ts';
import type { UrlRecord } from './canonical.ts';
import {
  cannotHaveAUsernamePasswordPort, hasAnOpaquePath, parseInto, parseUrl, serializeHost, serializePath, serializeURL, serializeURLOrigin, setThePassword, setTheUsername,
} from './machine.ts';
import { paramsOfQuery, replaceParams, type URLSearchParams } from './url-search-params.ts';

const usv = (value: unknown) => `${value as string}`.toWellFormed();

export class URL {
  #record: UrlRecord;
  #params: URLSearchParams | undefined;

  constructor(url: string | URL, base: string | URL | undefined = undefined) {
    requireArguments(arguments.length, 1, 'URL');
    const input = usv(url);
    let parsedBase: UrlRecord | null = null;
    if (base !== undefined) {
      const text = usv(base);
      parsedBase = parseUrl(text);
      if (parsedBase === null) throw new TypeError(`Invalid base URL: ${text}`);
    }
    const record = parseUrl(input, parsedBase);
    if (record === null) throw new TypeError(`Invalid URL: ${input}`);
    this.#record = record;
  }

  // Not the functions themselves: bundling changes their names.
  static createObjectURL(blob: Blob): string {
    requireArguments(arguments.length, 1, 'URL.createObjectURL');
    return createObjectURL(blob);
  }

  static revokeObjectURL(url: string): void {
    requireArguments(arguments.length, 1, 'URL.revokeObjectURL');
    revokeObjectURL(url);
  }

  static parse(url: string | URL, base: string | URL | undefined = undefined): URL | null {
    requireArguments(arguments.length, 1, 'URL.parse');
    const [input, baseInput] = [usv(url), base === undefined ? undefined : usv(base)];
    try {
      return new URL(input, baseInput);
    } catch {
      return null;
    }
  }

  static canParse(url: string | URL, base: string | URL | undefined = undefined): boolean {
    requireArguments(arguments.length, 1, 'URL.canParse');
    const [input, baseInput] = [usv(url), base === undefined ? undefined : usv(base)];
    const parsedBase = baseInput === undefined ? null : parseUrl(baseInput);
    return (baseInput === undefined || parsedBase !== null) && parseUrl(input, parsedBase) !== null;
  }

  get href(): string { return serializeURL(this.#record); }
  set href(value: string) {
    void this.#record;
    const record = parseUrl(usv(value));
    if (record === null) throw new TypeError(`Invalid URL: ${value}`);
    this.#record = record;
    this.#queryChanged(record.query ?? '');
  }

  get origin(): string { return serializeURLOrigin(this.#record); }

  get protocol(): string { return `${this.#record.scheme}:`; }
  set protocol(value: string) { parseInto(this.#record, `${usv(value)}:`, 'scheme start'); }

  get username(): string { return this.#record.username; }
  set username(value: string) {
    const text = usv(value);
    if (!cannotHaveAUsernamePasswordPort(this.#record)) setTheUsername(this.#record, text);
  }

  get password(): string { return this.#record.password; }
  set password(value: string) {
    const text = usv(value);
    if (!cannotHaveAUsernamePasswordPort(this.#record)) setThePassword(this.#record, text);
  }

  get host(): string {
    const { host, port } = this.#record;
    if (host === null) return '';
    return port === null ? serializeHost(host) : `${serializeHost(host)}:${port}`;
  }
  set host(value: string) {
    const text = usv(value);
    if (!hasAnOpaquePath(this.#record)) parseInto(this.#record, text, 'host');
  }

  get hostname(): string {
    const { host } = this.#record;
    return host === null ? '' : serializeHost(host);
  }
  set hostname(value: string) {
    const text = usv(value);
    if (!hasAnOpaquePath(this.#record)) parseInto(this.#record, text, 'hostname');
  }

  get port(): string {
    const { port } = this.#record;
    return port === null ? '' : `${port}`;
  }
  set port(value: string) {
    const text = usv(value);
    if (cannotHaveAUsernamePasswordPort(this.#record)) return;
    if (text === '') this.#record.port = null;
    else parseInto(this.#record, text, 'port');
  }

  get pathname(): string { return serializePath(this.#record); }
  set pathname(value: string) {
    const text = usv(value);
    if (hasAnOpaquePath(this.#record)) return;
    this.#record.path = [];
    parseInto(this.#record, text, 'path start');
  }

  get search(): string {
    const { query } = this.#record;
    return query === null || query === '' ? '' : `?${query}`;
  }
  set search(value: string) {
    const text = usv(value);
    if (text === '') {
      this.#record.query = null;
      this.#queryChanged('');
      return;
    }
    const query = text.startsWith('?') ? text.slice(1) : text;
    this.#record.query = '';
    parseInto(this.#record, query, 'query');
    this.#queryChanged(query);
  }

  get searchParams(): URLSearchParams {
    return this.#params ??= paramsOfQuery(this.#record.query ?? '', (query) => { this.#record.query = query; });
  }

  get hash(): string {
    const { fragment } = this.#record;
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }
  set hash(value: string) {
    const text = usv(value);
    if (text === '') {
      this.#record.fragment = null;
      return;
    }
    this.#record.fragment = '';
    parseInto(this.#record, text.startsWith('#') ? text.slice(1) : text, 'fragment');
  }

  toString(): string { return serializeURL(this.#record); }
  toJSON(): string { return serializeURL(this.#record); }

  #queryChanged(query: string): void {
    if (this.#params !== undefined) replaceParams(this.#params, query);
  }
}
defineInterface(URL, 'URL');
