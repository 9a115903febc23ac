// Service Workers: which entries of a cache a request matches.
import { type CacheDescription, findInCache } from './host-cache.ts';
import { HeaderList, type InnerRequest } from '../fetch/classes.ts';
import { dictionary } from '../webidl/interface.ts';

export interface CacheQueryOptions { ignoreSearch?: boolean; ignoreMethod?: boolean; ignoreVary?: boolean }

/** All entries without a request, else those that it matches. */
export function findEntries(name: string, request: InnerRequest | undefined, options: CacheQueryOptions | undefined): CacheDescription[] {
  const { ignoreSearch, ignoreMethod, ignoreVary } = dictionary(options, 'The cache query options');
  if (request === undefined) return findInCache(name, undefined, false);
  if (request.method !== 'GET' && !ignoreMethod) return [];
  const found = findInCache(name, request.url.hrefWithoutFragment, !!ignoreSearch);
  return ignoreVary ? found : found.filter((entry) => matchesVary(entry, request));
}

export function variesBy(headers: HeaderList): string[] {
  return (headers.get('vary') ?? '').split(',').map((field) => field.trim().toLowerCase()).filter((field) => field !== '');
}

function matchesVary(entry: CacheDescription, request: InnerRequest): boolean {
  const fields = variesBy(HeaderList.ofFlat(entry.headers));
  if (fields.length === 0) return true;
  const stored = HeaderList.ofFlat(entry.requestHeaders);
  return fields.every((field) => field !== '*' && stored.get(field) === request.headerList.get(field));
}
