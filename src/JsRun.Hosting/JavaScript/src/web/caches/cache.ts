// Service Workers: Cache. The host holds the entries, which the functions of a pool group share.
import { then } from '../../kernel/intrinsics.ts';
import { fetch } from '../fetch/fetch.ts';
import { type CachedEntry, openCache, putIntoCache } from './host-cache.ts';
import { Body } from '../fetch/body.ts';
import { createRequest, HeaderList, type InnerRequest, innerRequest, innerResponse, Request, requestOf, type Response, responseOf } from '../fetch/classes.ts';
import { RequestUrl } from '../fetch/request-url.ts';
import { hasNullBody } from '../fetch/response.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, illegalConstructor, requireArguments, sequence } from '../webidl/interface.ts';
import { QuotaExceededError } from '../webidl/quota-exceeded-error.ts';
import { type CacheQueryOptions, findEntries, removeEntries, variesBy } from './matching.ts';

/** For `matchAll`, whose number of entries only the store limits. */
const MOST_ENTRIES = 0x7fffffff;

let creating = false;

/** With `opens`, the cache is opened before its first use. */
export let cacheOf: (name: string, opens?: boolean) => Cache;

export class Cache {
  #name = '';
  #opened: Promise<void> | undefined;

  constructor() { if (!creating) illegalConstructor(); }

  static {
    cacheOf = (name, opens = false) => {
      creating = true;
      try {
        const cache = new Cache();
        cache.#name = name;
        if (opens) {
          cache.#opened = open(name);
          // It is told to those who use the cache.
          then(cache.#opened, () => {}, () => {});
        }
        return cache;
      } finally {
        creating = false;
      }
    };
  }

  async match(request: unknown, options: CacheQueryOptions | undefined = undefined): Promise<Response | undefined> {
    requireArguments(arguments.length, 1, 'Cache.match');
    const inner = requestFrom(request);
    await this.#opened;
    return matchIn(this.#name, inner, options);
  }

  async matchAll(request: unknown = undefined, options: CacheQueryOptions | undefined = undefined): Promise<readonly Response[]> {
    const inner = request === undefined ? undefined : requestFrom(request);
    await this.#opened;
    return Object.freeze((await findEntries(this.#name, inner, options, MOST_ENTRIES)).map(respond));
  }

  async add(request: unknown): Promise<void> {
    requireArguments(arguments.length, 1, 'Cache.add');
    await this.#addAll([request]);
  }

  async addAll(requests: Iterable<unknown>): Promise<void> {
    requireArguments(arguments.length, 1, 'Cache.addAll');
    await this.#addAll(sequence(requests, 'Cache.addAll: the requests'));
  }

  async #addAll(requests: unknown[]): Promise<void> {
    const all = requests.map((request) => cacheable(request, 'Cache.add'));
    // A list may not hold a request that an earlier one of the list would replace, whatever the responses are.
    if (new Set(all).size < all.length) throw conflict();
    const responses = await Promise.all(all.map(async (request) => {
      const response = await fetch(request);
      if (!response.ok || response.status === 206) throw new TypeError(`Cache.add: ${response.url} answered with status ${response.status}, which is not kept`);
      refuseVaryStar(response, 'Cache.add');
      return response;
    }));
    const kept = all.map((request) => innerRequest(request)!);
    for (let i = 0; i < kept.length; i++) {
      if (kept.slice(0, i).some((other) => other.url.hrefWithoutFragment === kept[i]!.url.hrefWithoutFragment && sameVary(responses[i]!, other, kept[i]!))) {
        throw conflict();
      }
    }
    for (let i = 0; i < kept.length; i++) await this.#put(kept[i]!, responses[i]!);
  }

  async put(request: unknown, response: Response): Promise<void> {
    requireArguments(arguments.length, 2, 'Cache.put');
    const inner = innerRequest(cacheable(request, 'Cache.put'))!;
    const given = innerResponse(response);
    if (given === undefined) throw new TypeError('Cache.put: the second argument is not a Response');
    if (given.status === 206) throw new TypeError('Cache.put: a partial response (206) cannot be kept');
    refuseVaryStar(response, 'Cache.put');
    if (given.body?.unusable) throw new TypeError('Cache.put: the response\'s body was already read, or its stream is locked');
    await this.#put(inner, response);
  }

  async #put(request: InnerRequest, response: Response): Promise<void> {
    const { status, statusText, headerList, url, body } = innerResponse(response)!;
    const bytes = (await body?.whole())?.bytes ?? new Uint8Array();
    await this.#opened;
    const entry = {
      method: request.method, url: request.url.hrefWithoutFragment, fragment: request.url.href.slice(request.url.hrefWithoutFragment.length), requestHeaders: request.headerList.flat(), status, statusText, headers: headerList.flat(), responseUrl: url?.href ?? '', size: 0,
    };
    if (!await putIntoCache(this.#name, entry, bytes)) throw new QuotaExceededError('Cache.put: there is no room for the response; JsRun:Limits:MaxCacheBytes limits its size');
  }

  async delete(request: unknown, options: CacheQueryOptions | undefined = undefined): Promise<boolean> {
    requireArguments(arguments.length, 1, 'Cache.delete');
    const inner = requestFrom(request);
    await this.#opened;
    return removeEntries(this.#name, inner, options);
  }

  async keys(request: unknown = undefined, options: CacheQueryOptions | undefined = undefined): Promise<readonly Request[]> {
    const inner = request === undefined ? undefined : requestFrom(request);
    await this.#opened;
    return Object.freeze((await findEntries(this.#name, inner, options, 0)).map(({ method, url, fragment, requestHeaders }) => requestOf(createRequest(method, RequestUrl.ofHost(url + fragment), HeaderList.ofFlat(requestHeaders)), undefined)));
  }
}
defineInterface(Cache, 'Cache');

export async function matchIn(name: string, request: InnerRequest, options: CacheQueryOptions | undefined): Promise<Response | undefined> {
  const { 0: first } = await findEntries(name, request, options, 1);
  return first === undefined ? undefined : respond(first);
}

/** @throws QuotaExceededError if there is no room for another cache */
export async function open(name: string): Promise<void> {
  if (!await openCache(name)) throw new QuotaExceededError('CacheStorage.open: there is no room for another cache; JsRun:Limits:MaxCacheBytes limits them');
}

const conflict = (): DOMException => new DOMException('Cache.addAll: two of the requests would take one another\'s place', 'InvalidStateError');

export const requestFrom = (input: unknown): InnerRequest => innerRequest(input) ?? innerRequest(new Request(input))!;

function cacheable(input: unknown, what: string): Request {
  const request = innerRequest(input) === undefined ? new Request(input) : input as Request;
  const { url, method } = innerRequest(request)!;
  if (method !== 'GET' || !/^https?:/.test(url.href)) throw new TypeError(`${what}: only the answers to GET of http and https URLs can be kept`);
  return request;
}

function refuseVaryStar(response: Response, what: string): void {
  if (variesBy(innerResponse(response)!.headerList).includes('*')) throw new TypeError(`${what}: a response that varies by everything (Vary: *) cannot be kept`);
}

function sameVary(response: Response, one: InnerRequest, other: InnerRequest): boolean {
  return variesBy(innerResponse(response)!.headerList).every((field) => one.headerList.get(field) === other.headerList.get(field));
}

function respond({ status, statusText, headers, responseUrl, body }: CachedEntry): Response {
  return responseOf({
    type: status === 0 ? 'error' : responseUrl === '' ? 'default' : 'basic', status, statusText, url: responseUrl === '' ? undefined : RequestUrl.ofHost(responseUrl), redirected: false, headerList: HeaderList.ofFlat(headers),
    body: status === 0 || hasNullBody(status) ? null : new Body(body),
  }, 'immutable');
}
