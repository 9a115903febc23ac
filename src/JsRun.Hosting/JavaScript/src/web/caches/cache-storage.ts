// Service Workers: CacheStorage, the global `caches`. `caches.default` is not in the standard, but functions for other edge runtimes use it.
import { cacheNames, deleteCache, hasCache, openCache } from './host-cache.ts';
import type { Response } from '../fetch/classes.ts';
import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import { QuotaExceededError } from '../webidl/quota-exceeded-error.ts';
import { type Cache, cacheOf, matchIn, requestFrom } from './cache.ts';
import type { CacheQueryOptions } from './matching.ts';

let creating = false;

export class CacheStorage {
  #brand = true;

  constructor() { if (!creating) illegalConstructor(); }

  get default(): Cache {
    if (!this.#brand) illegalConstructor();
    return open('default');
  }

  async match(request: unknown, options: CacheQueryOptions & { cacheName?: string } | undefined = undefined): Promise<Response | undefined> {
    requireArguments(arguments.length, 1, 'CacheStorage.match');
    const inner = requestFrom(request);
    const only = options?.cacheName;
    for (const name of only === undefined ? cacheNames() : [`${only}`]) {
      const response = matchIn(name, inner, options);
      if (response !== undefined) return response;
    }
    return undefined;
  }

  async has(name: string): Promise<boolean> {
    requireArguments(arguments.length, 1, 'CacheStorage.has');
    return hasCache(`${name}`);
  }

  async open(name: string): Promise<Cache> {
    requireArguments(arguments.length, 1, 'CacheStorage.open');
    return open(`${name}`);
  }

  async delete(name: string): Promise<boolean> {
    requireArguments(arguments.length, 1, 'CacheStorage.delete');
    return deleteCache(`${name}`);
  }

  async keys(): Promise<string[]> { return cacheNames(); }
}
defineInterface(CacheStorage, 'CacheStorage');

function open(name: string): Cache {
  if (!openCache(name)) throw new QuotaExceededError('CacheStorage.open: there is no room for another cache; JsRun:Limits:MaxCacheBytes limits them');
  return cacheOf(name);
}

export const caches: CacheStorage = (() => {
  creating = true;
  try { return new CacheStorage(); } finally { creating = false; }
})();
