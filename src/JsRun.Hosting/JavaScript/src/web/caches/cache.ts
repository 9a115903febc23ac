// Service Workers: Cache. The host holds the entries, which the functions of a pool group share.
import { fetch } from '../fetch/fetch.ts';
import { type CacheDescription, putIntoCache, removeFromCache, takeFromCache } from './host-cache.ts';
import { Body } from '../fetch/body.ts';
import { createRequest, HeaderList, type InnerRequest, innerRequest, innerResponse, Request, requestOf, type Response, responseOf } from '../fetch/classes.ts';
import { RequestUrl } from '../fetch/request-url.ts';
import { hasNullBody } from '../fetch/response.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, illegalConstructor, requireArguments, sequence } from '../webidl/interface.ts';
import { QuotaExceededError } from '../webidl/quota-exceeded-error.ts';
import { type CacheQueryOptions, findEntries, variesBy } from './matching.ts';

let creating = false;

export let cacheOf: (name: string) => Cache;

export class Cache {
  #name = '';

  constructor() { if (!creating) illegalConstructor(); }

  static {
    cacheOf = (name) => {
      creating = true;
      try {
        const cache = new Cache();
        cache.#name = name;
        return cache;
      } finally {
        creating = false;
      }
    };
  }

  async match(request: unknown, options: CacheQueryOptions | undefined = undefined): Promise<Response | undefined> {
    requireArguments(arguments.length, 1, 'Cache.match');
    return matchIn(this.#name, requestFrom(request), options);
  }

  async matchAll(request: unknown = undefined, options: CacheQueryOptions | undefined = undefined): Promise<readonly Response[]> {
    const found = findEntries(this.#name, request === undefined ? undefined : requestFrom(request), options);
    return Object.freeze(found.map((entry) => respond(this.#name, entry)).filter((response) => response !== undefined));
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
    const replaced = findEntries(this.#name, request, undefined).map(({ id }) => id).join(',');
    const entry: CacheDescription = {
      id: 0, method: request.method, url: request.url.hrefWithoutFragment, fragment: request.url.href.slice(request.url.hrefWithoutFragment.length), requestHeaders: request.headerList.flat(), status, statusText, headers: headerList.flat(), responseUrl: url?.href ?? '',
    };
    if (!putIntoCache(this.#name, entry, bytes, replaced)) throw new QuotaExceededError(`Cache.put: the response is larger than JsRun:Limits:MaxCacheBytes`);
  }

  async delete(request: unknown, options: CacheQueryOptions | undefined = undefined): Promise<boolean> {
    requireArguments(arguments.length, 1, 'Cache.delete');
    const found = findEntries(this.#name, requestFrom(request), options);
    if (found.length > 0) removeFromCache(this.#name, found.map(({ id }) => id).join(','));
    return found.length > 0;
  }

  async keys(request: unknown = undefined, options: CacheQueryOptions | undefined = undefined): Promise<readonly Request[]> {
    const found = findEntries(this.#name, request === undefined ? undefined : requestFrom(request), options);
    return Object.freeze(found.map(({ method, url, fragment, requestHeaders }) => requestOf(createRequest(method, RequestUrl.ofHost(url + fragment), HeaderList.ofFlat(requestHeaders)), undefined)));
  }
}
defineInterface(Cache, 'Cache');

export function matchIn(name: string, request: InnerRequest, options: CacheQueryOptions | undefined): Response | undefined {
  for (const entry of findEntries(name, request, options)) {
    const response = respond(name, entry);
    if (response !== undefined) return response;
  }
  return undefined;
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

function respond(name: string, entry: CacheDescription): Response | undefined {
  const bytes = takeFromCache(name, entry.id);
  if (bytes === undefined) return undefined;
  const { status, statusText, headers, responseUrl } = entry;
  return responseOf({
    type: status === 0 ? 'error' : responseUrl === '' ? 'default' : 'basic', status, statusText, url: responseUrl === '' ? undefined : RequestUrl.ofHost(responseUrl), redirected: false, headerList: HeaderList.ofFlat(headers),
    body: status === 0 || hasNullBody(status) ? null : new Body(bytes),
  }, 'immutable');
}
