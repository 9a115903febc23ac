// Fetch: the schemes data: and blob:, which need no network.
import { bytesOfBlob } from '../file/blob.ts';
import { Body } from './body.ts';
import { HeaderList, type InnerRequest, type InnerResponse } from './classes.ts';
import { readDataUrl } from './data-url.ts';
import { parseMimeType, serializeMimeType } from './mime-type.ts';

export function fetchLocal(request: InnerRequest): InnerResponse {
  const { protocol } = request.url.url;
  if (protocol === 'data:') return fetchData(request);
  if (protocol === 'blob:') return fetchBlob(request);
  throw new TypeError(`fetch failed: the URL scheme "${protocol}" is not supported; use http, https, data or blob`);
}

function fetchData(request: InnerRequest): InnerResponse {
  const data = readDataUrl(request.url.hrefWithoutFragment);
  if (data === undefined) throw new TypeError('fetch failed: the data: URL is invalid');
  return answer(request, 200, 'OK', ['content-type', serializeMimeType(data.type)], data.bytes);
}

function fetchBlob(request: InnerRequest): InnerResponse {
  const { blob, href } = request.url;
  if (blob === undefined) throw new TypeError(`fetch failed: there was no blob at ${href} when the request was made; it may have been revoked`);
  if (request.method !== 'GET') throw new TypeError('fetch failed: a blob: URL answers GET only');
  const bytes = bytesOfBlob(blob);
  const type = parseMimeType(blob.type);
  const typed = ['content-type', type === undefined ? '' : serializeMimeType(type)];
  const range = request.headerList.get('range');
  if (range === null) return answer(request, 200, 'OK', ['content-length', `${bytes.length}`, ...typed], bytes);
  const [from, to] = parseRange(range, bytes.length);
  const part = bytes.subarray(from, to + 1);
  return answer(request, 206, 'Partial Content', ['content-length', `${part.length}`, ...typed, 'content-range', `bytes ${from}-${to}/${bytes.length}`], part);
}

/** First and last byte of a single range. */
function parseRange(range: string, size: number): [number, number] {
  const match = /^bytes[ \t]*=[ \t]*(\d*)[ \t]*-[ \t]*(\d*)$/.exec(range);
  const [, first = '', last = ''] = match ?? [];
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (match === null || first === '' && last === '' || from >= size || to < from) throw new TypeError(`fetch failed: the range "${range}" is invalid`);
  return [from, to];
}

function answer(request: InnerRequest, status: number, statusText: string, headers: string[], bytes: Uint8Array<ArrayBuffer>): InnerResponse {
  const body = request.method === 'HEAD' ? null : new Body(bytes);
  return { type: 'basic', status, statusText, url: request.url, redirected: false, headerList: new HeaderList(headers), body };
}
