// Fetch: Response.
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';
import type { Body } from './body.ts';
import { type BodyMembers, mixinBody } from './body-mixin.ts';
import { extractBody, type Extracted } from './extract-body.ts';
import { HeaderList } from './header-list.ts';
import { fillHeaders, type Guard, Headers, headersOf, type HeadersInit } from './headers.ts';
import { RequestUrl } from './request-url.ts';

export type ResponseType = 'basic' | 'cors' | 'default' | 'error' | 'opaque' | 'opaqueredirect';

/** A response of the Fetch standard; a Response object shows it to scripts. */
export interface InnerResponse {
  type: ResponseType;
  status: number;
  statusText: string;
  url: RequestUrl | undefined;
  redirected: boolean;
  headerList: HeaderList;
  body: Body | null;
}

export interface ResponseInit { headers?: HeadersInit; status?: number; statusText?: string }

const withoutBody = new Set([101, 103, 204, 205, 304]);
const redirects = new Set([301, 302, 303, 307, 308]);
const reasonPhrase = /^[\t\x20-\x7e\x80-\xff]*$/;

export const hasNullBody = (status: number): boolean => withoutBody.has(status);
export const isRedirect = (status: number): boolean => redirects.has(status);

export let responseOf: (inner: InnerResponse, guard: Guard) => Response;
/** Returns undefined if the value is not a Response, also for a proxy, or for an object that only has the prototype. */
export let innerResponse: (value: unknown) => InnerResponse | undefined;

const create = (): InnerResponse => ({ type: 'default', status: 200, statusText: '', url: undefined, redirected: false, headerList: new HeaderList(), body: null });

export interface Response extends BodyMembers {}
export class Response {
  #inner: InnerResponse;
  #guard: Guard = 'none';
  #headers: Headers | undefined;

  constructor(body: unknown = null, init: ResponseInit | undefined = undefined) {
    const extracted = body === null || body === undefined ? undefined : extractBody(body);
    this.#inner = create();
    initialize(this.#inner, init, extracted);
  }

  static {
    responseOf = (inner, guard) => {
      const response = new Response();
      response.#inner = inner;
      response.#guard = guard;
      return response;
    };
    innerResponse = (value) => (typeof value === 'object' && value !== null && #inner in value ? value.#inner : undefined);
  }

  static error(): Response {
    return responseOf({ ...create(), type: 'error', status: 0 }, 'immutable');
  }

  static json(data: unknown, init: ResponseInit | undefined = undefined): Response {
    requireArguments(arguments.length, 1, 'Response.json');
    const text = JSON.stringify(data) as string | undefined;
    if (text === undefined) throw new TypeError('Response.json: the value has no JSON');
    const response = new Response();
    // The text is kept, because it crosses as text, and only the host encodes it.
    initialize(response.#inner, init, { body: extractBody(text).body, type: 'application/json' });
    return response;
  }

  static redirect(url: string, status: number = 302): Response {
    requireArguments(arguments.length, 1, 'Response.redirect');
    const target = RequestUrl.parse(`${url}`);
    if (target === undefined) throw new TypeError(`Response.redirect: "${url}" is not a valid URL`);
    const code = unsignedShort(status);
    if (!isRedirect(code)) throw new RangeError(`Response.redirect: ${code} is not a status of redirects`);
    return responseOf({ ...create(), status: code, headerList: new HeaderList(['location', target.href]) }, 'immutable');
  }

  get type(): ResponseType { return this.#inner.type; }
  get url(): string { return this.#inner.url?.hrefWithoutFragment ?? ''; }
  get redirected(): boolean { return this.#inner.redirected; }
  get status(): number { return this.#inner.status; }
  get ok(): boolean { return this.#inner.status >= 200 && this.#inner.status <= 299; }
  get statusText(): string { return this.#inner.statusText; }
  get headers(): Headers { return this.#headers ??= headersOf(this.#inner.headerList, this.#guard); }

  clone(): Response {
    const inner = this.#inner;
    if (inner.body?.unusable) throw new TypeError('Response.clone: the body was already read, or its stream is locked');
    return responseOf({ ...inner, headerList: inner.headerList.copy(), body: inner.body?.clone() ?? null }, this.#guard);
  }
}
mixinBody(Response, (self) => innerResponse(self) ?? illegal());
defineInterface(Response, 'Response');

function illegal(): never { throw new TypeError('Illegal invocation: this is not a Response'); }

function initialize(inner: InnerResponse, init: ResponseInit | undefined, extracted: Extracted | undefined): void {
  if (init !== undefined && init !== null) {
    // In the order in which WebIDL reads a dictionary.
    const { headers, status, statusText } = dictionary(init, 'Response: the init') as ResponseInit;
    if (headers !== undefined) fillHeaders(inner.headerList, headers);
    if (status !== undefined) inner.status = statusOf(status);
    if (statusText !== undefined) inner.statusText = phraseOf(statusText);
  }
  if (extracted === undefined) return;
  const { body, type } = extracted;
  if (hasNullBody(inner.status)) throw new TypeError(`Response: a response with status ${inner.status} cannot have a body`);
  inner.body = body;
  if (type !== null && !inner.headerList.has('content-type')) inner.headerList.append('content-type', type);
}

function statusOf(value: unknown): number {
  const status = unsignedShort(value);
  if (status < 200 || status > 599) throw new RangeError(`Response: the status ${status} is not in the range 200 to 599`);
  return status;
}

function phraseOf(value: unknown): string {
  const phrase = `${value as string}`;
  if (!reasonPhrase.test(phrase)) throw new TypeError('Response: the status text has characters that it cannot have');
  return phrase;
}

const unsignedShort = (value: unknown): number => Number(value) & 0xffff;
