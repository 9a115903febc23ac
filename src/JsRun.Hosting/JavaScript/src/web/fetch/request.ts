// Fetch: Request.
import { AbortSignal } from '../dom/abort-signal.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { baseUrl } from '../url/base-url.ts';
import { type Body, fitsAnyMethod } from './body.ts';
import { type BodyMembers, mixinBody } from './body-mixin.ts';
import { extractBody } from './extract-body.ts';
import { HeaderList } from './header-list.ts';
import { fillHeaders, Headers, headersOf } from './headers.ts';
import { readMethod, readRequestInit, type Redirect, type RequestInit } from './request-init.ts';
import { RequestUrl } from './request-url.ts';

/** A request of the Fetch standard; a Request object shows it to scripts. */
export interface InnerRequest {
  method: string;
  url: RequestUrl;
  headerList: HeaderList;
  body: Body | null;
  mode: string;
  credentials: string;
  cache: string;
  redirect: Redirect;
  referrer: string;
  referrerPolicy: string;
  integrity: string;
  keepalive: boolean;
}

/** An object that has a signal: a lease. */
interface Signalled { readonly signal: AbortSignal }

export let requestOf: (inner: InnerRequest, signalled: Signalled | undefined) => Request;
/** Returns undefined if the value is not a Request. */
export let innerRequest: (value: unknown) => InnerRequest | undefined;

export const createRequest = (method: string, url: RequestUrl, headerList: HeaderList): InnerRequest => ({
  method, url, headerList, body: null, mode: 'cors', credentials: 'same-origin', cache: 'default', redirect: 'follow', referrer: 'about:client', referrerPolicy: '', integrity: '', keepalive: false,
});

/** Whether a script cannot give a request of that method a body. */
export const hasNoBody = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Makes the request that the host sends to a handler. */
const HOST = {};

export interface Request extends BodyMembers {}
export class Request {
  #inner!: InnerRequest;
  #headers: Headers | undefined;
  /** The signal, or the signal or lease that it will follow once it is read: most are never read. */
  #signal: AbortSignal | undefined;
  #follows: AbortSignal | undefined;
  #signalled: Signalled | undefined;

  constructor(input: unknown, init: RequestInit | undefined = undefined) {
    if (input === HOST) return;
    requireArguments(arguments.length, 1, 'Request');
    const from = typeof input === 'object' && input !== null && #inner in input ? input : undefined;
    const inner = from === undefined ? parseInput(input) : inherit(from.#inner);
    this.#inner = inner;
    const given = init === undefined || init === null ? undefined : readRequestInit(init);
    this.#follows = given?.signal !== undefined ? given.signal ?? undefined : from === undefined ? undefined : from.#signal ?? from.#signalled?.signal ?? from.#follows;
    if (given !== undefined) apply(inner, given);
    takeBody(inner, given, from === undefined ? null : from.#inner.body);
  }

  static {
    requestOf = (inner, signalled) => {
      const request = new Request(HOST);
      request.#inner = inner;
      request.#signalled = signalled;
      return request;
    };
    innerRequest = (value) => (typeof value === 'object' && value !== null && #inner in value ? value.#inner : undefined);
  }

  get method(): string { return this.#inner.method; }
  get url(): string { return this.#inner.url.href; }
  get headers(): Headers { return this.#headers ??= headersOf(this.#inner.headerList, 'none'); }
  get destination(): string { return this.#inner && ''; }
  get referrer(): string { return this.#inner.referrer; }
  get referrerPolicy(): string { return this.#inner.referrerPolicy; }
  get mode(): string { return this.#inner.mode; }
  get credentials(): string { return this.#inner.credentials; }
  get cache(): string { return this.#inner.cache; }
  get redirect(): Redirect { return this.#inner.redirect; }
  get integrity(): string { return this.#inner.integrity; }
  get keepalive(): boolean { return this.#inner.keepalive; }
  get isReloadNavigation(): boolean { return this.#inner === undefined; }
  get isHistoryNavigation(): boolean { return this.#inner === undefined; }
  get signal(): AbortSignal { return this.#signal ??= this.#signalled?.signal ?? AbortSignal.any(this.#follows === undefined ? [] : [this.#follows]); }
  get duplex(): 'half' { return this.#inner && 'half'; }

  clone(): Request {
    const inner = this.#inner;
    if (inner.body?.unusable) throw new TypeError('Request.clone: the body was already read, or its stream is locked');
    return requestOf({ ...inner, headerList: inner.headerList.copy(), body: inner.body?.clone() ?? null }, { signal: AbortSignal.any([this.signal]) });
  }
}
mixinBody(Request, (self) => innerRequest(self) ?? illegal());
defineInterface(Request, 'Request');

function illegal(): never { throw new TypeError('Illegal invocation: this is not a Request'); }

function parseInput(input: unknown): InnerRequest {
  const text = `${input as string}`;
  const url = RequestUrl.parse(text);
  if (url === undefined) throw new TypeError(`Request: "${text}" is not a valid URL; it must be absolute`);
  if (url.hasCredentials) throw new TypeError('Request: a URL with a user name or a password is not allowed; use an Authorization header');
  return createRequest('GET', url, new HeaderList());
}

const inherit = (inner: InnerRequest): InnerRequest => ({ ...inner, headerList: inner.headerList.copy(), body: null });

function apply(inner: InnerRequest, init: RequestInit): void {
  if (init.window !== undefined && init.window !== null) throw new TypeError('Request: window can only be null');
  if (init.referrer !== undefined) inner.referrer = readReferrer(init.referrer);
  if (init.referrerPolicy !== undefined) inner.referrerPolicy = init.referrerPolicy;
  if (init.mode === 'navigate') throw new TypeError('Request: the mode "navigate" is not allowed');
  if (init.mode !== undefined) inner.mode = init.mode;
  if (init.credentials !== undefined) inner.credentials = init.credentials;
  if (init.cache !== undefined) inner.cache = init.cache;
  if (inner.cache === 'only-if-cached' && inner.mode !== 'same-origin') throw new TypeError('Request: the cache mode "only-if-cached" needs the mode "same-origin"');
  if (init.redirect !== undefined) inner.redirect = init.redirect;
  if (init.integrity !== undefined) inner.integrity = init.integrity;
  if (init.keepalive !== undefined) inner.keepalive = init.keepalive;
  if (init.method !== undefined) inner.method = readMethod(init.method);
  if (inner.mode === 'no-cors' && !/^(?:GET|HEAD|POST)$/.test(inner.method)) throw new TypeError(`Request: the mode "no-cors" does not allow the method "${inner.method}"`);
  if (init.headers !== undefined) {
    inner.headerList = new HeaderList();
    fillHeaders(inner.headerList, init.headers);
  }
}

function readReferrer(text: string): string {
  if (text === '') return '';
  const url = RequestUrl.parse(text)?.url;
  if (url === undefined) throw new TypeError(`Request: the referrer "${text}" is not a valid URL`);
  return url.protocol === 'about:' && url.pathname === 'client' || url.origin !== baseUrl()?.origin ? 'about:client' : url.href;
}

function takeBody(inner: InnerRequest, init: RequestInit | undefined, inherited: Body | null): void {
  const given = init?.body;
  const has = given !== undefined && given !== null;
  const taken = has ? given : inherited;
  if (taken !== null && !fitsAnyMethod(taken) && hasNoBody(inner.method)) throw new TypeError(`Request: a request with the method ${inner.method} cannot have a body`);
  if (has) {
    const { body, type } = extractBody(given, inner.keepalive);
    body.anyMethod = fitsAnyMethod(given);
    inner.body = body;
    if (type !== null && !inner.headerList.has('content-type')) inner.headerList.append('content-type', type);
    if (body.source === null) {
      if (init?.duplex === undefined) throw new TypeError('Request: a body that is a stream needs duplex: \'half\'');
      if (inner.mode !== 'same-origin' && inner.mode !== 'cors') throw new TypeError('Request: a body that is a stream needs the mode "same-origin" or "cors"');
    }
  } else if (inherited !== null) {
    if (inherited.unusable) throw new TypeError('Request: the body of the other request was already read, or its stream is locked');
    inner.body = inherited.move();
  }
}
