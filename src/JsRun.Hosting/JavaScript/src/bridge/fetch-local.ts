// Fetch: the schemes that need no network: data: and blob:.
import { bytesOfBlob } from '../web/file/blob.ts';
import { blobOfUrl } from '../web/file/blob-url.ts';
import { Body } from '../web/fetch/body.ts';
import { fromInnerResponse, type InnerRequest, makeResponse, type Response } from '../web/fetch/classes.ts';
import type { URL } from '../web/url/url.ts';
import { lazyHeaders } from './headers.ts';

interface DataUrl {
  dataURLProcessor(url: URL): { mimeType: object; body: Uint8Array } | 'failure';
  serializeAMimeType(type: object): string;
}

export function fetchLocal(request: InnerRequest, url: URL): Response {
  if (url.protocol === 'data:') return fetchData(request, url);
  if (url.protocol === 'blob:') return fetchBlob(request, url);
  throw new TypeError(`fetch failed: the URL scheme "${url.protocol}" is not supported; use http, https, data or blob`);
}

function fetchData(request: InnerRequest, url: URL): Response {
  const { dataURLProcessor, serializeAMimeType } = require('undici/lib/web/fetch/data-url.js') as DataUrl;
  const data = dataURLProcessor(url);
  if (data === 'failure') throw new TypeError('fetch failed: the data: URL is invalid');
  return respond(url, 200, 'OK', `content-type\n${serializeAMimeType(data.mimeType)}\n`, request.method === 'HEAD' ? null : new Uint8Array(data.body));
}

function fetchBlob(request: InnerRequest, url: URL): Response {
  const blob = blobOfUrl(url.href);
  if (blob === undefined) throw new TypeError(`fetch failed: there is no blob at ${url.href}; it may have been revoked`);
  if (request.method !== 'GET') throw new TypeError('fetch failed: a blob: URL answers GET only');
  const bytes = bytesOfBlob(blob);
  const range = request.headersList.get('range', true);
  if (range === null) return respond(url, 200, 'OK', `content-length\n${bytes.length}\ncontent-type\n${blob.type}\n`, bytes);
  const [from, to] = parseRange(range, bytes.length);
  const part = bytes.subarray(from, to + 1);
  return respond(url, 206, 'Partial Content', `content-length\n${part.length}\ncontent-type\n${blob.type}\ncontent-range\nbytes ${from}-${to}/${bytes.length}\n`, part);
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

function respond(url: URL, status: number, statusText: string, headers: string, bytes: Uint8Array<ArrayBuffer> | null): Response {
  const inner = Object.assign(makeResponse({}), { type: 'basic', status, statusText, urlList: [url], headersList: lazyHeaders(headers), body: bytes === null ? null : new Body(bytes) });
  return fromInnerResponse(inner, 'immutable');
}
