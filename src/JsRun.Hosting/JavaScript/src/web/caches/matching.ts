// Service Workers: which entries of a cache a request matches.
import { type CachedEntry, type CacheQuery, matchInCache, removeFromCache } from './host-cache.ts';
import type { HeaderList, InnerRequest } from '../fetch/classes.ts';
import { dictionary } from '../webidl/interface.ts';

export interface CacheQueryOptions { ignoreSearch?: boolean; ignoreMethod?: boolean; ignoreVary?: boolean }

/** The entries that a request matches, or all if there is no request: at most so many; 0 for all without their bodies. */
export async function findEntries(name: string, request: InnerRequest | undefined, options: CacheQueryOptions | undefined, most: number): Promise<CachedEntry[]> {
  const query = queryOf(request, options);
  return query === undefined ? [] : matchInCache(name, query, most);
}

/** Returns whether there were any. */
export async function removeEntries(name: string, request: InnerRequest, options: CacheQueryOptions | undefined): Promise<boolean> {
  const query = queryOf(request, options);
  return query !== undefined && removeFromCache(name, query);
}

function queryOf(request: InnerRequest | undefined, options: CacheQueryOptions | undefined): CacheQuery | undefined {
  const { ignoreSearch, ignoreMethod, ignoreVary } = dictionary(options, 'The cache query options');
  if (request === undefined) return { url: undefined, ignoreSearch: false, ignoreVary: true, headers: '' };
  // Only answers to GET are kept.
  if (request.method !== 'GET' && !ignoreMethod) return undefined;
  return { url: request.url.hrefWithoutFragment, ignoreSearch: !!ignoreSearch, ignoreVary: !!ignoreVary, headers: request.headerList.flat() };
}

export function variesBy(headers: HeaderList): string[] {
  return (headers.get('vary') ?? '').split(',').map((field) => field.trim().toLowerCase()).filter((field) => field !== '');
}
