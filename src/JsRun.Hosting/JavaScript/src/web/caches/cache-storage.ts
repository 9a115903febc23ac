// Service Workers: CacheStorage, the global `caches`. `caches.default` is not in the standard, but functions for other edge runtimes use it.
import { cacheNames, deleteCache, hasCache } from './host-cache.ts';
import type { Response } from '../fetch/classes.ts';
import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import { type Cache, cacheOf, matchIn, open, requestFrom } from './cache.ts';
import type { CacheQueryOptions } from './matching.ts';

let creating = false;

export class CacheStorage {
  #brand = true;

  constructor() { if (!creating) illegalConstructor(); }

  get default(): Cache {
    if (!this.#brand) illegalConstructor();
    return cacheOf('default', true);
  }

  async match(request: unknown, options: CacheQueryOptions & { cacheName?: string } | undefined = undefined): Promise<Response | undefined> {
    requireArguments(arguments.length, 1, 'CacheStorage.match');
    const inner = requestFrom(request);
    const only = options?.cacheName;
    for (const name of only === undefined ? await cacheNames() : [`${only}`]) {
      const response = await matchIn(name, inner, options);
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
    const text = `${name}`;
    await open(text);
    return cacheOf(text);
  }

  async delete(name: string): Promise<boolean> {
    requireArguments(arguments.length, 1, 'CacheStorage.delete');
    return deleteCache(`${name}`);
  }

  async keys(): Promise<string[]> { return cacheNames(); }
}
defineInterface(CacheStorage, 'CacheStorage');

export const caches: CacheStorage = (() => {
  creating = true;
  try { return new CacheStorage(); } finally { creating = false; }
})();
