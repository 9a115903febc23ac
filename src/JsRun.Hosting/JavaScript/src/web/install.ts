// The global object: interfaces are not enumerable, operations and attributes are, as WebIDL has it.
import { AbortController, AbortSignal } from './dom/abort-signal.ts';
import { CustomEvent } from './dom/custom-event.ts';
import { Event } from './dom/event.ts';
import { EventTarget } from './dom/event-target.ts';
import { BroadcastChannel } from './broadcast/broadcast-channel.ts';
import { Cache } from './cache/cache.ts';
import { CacheStorage, caches } from './cache/cache-storage.ts';
import { CompressionStream, DecompressionStream } from './compression/compression-stream.ts';
import { console } from './console/console.ts';
import { summarize } from './console/inspect-special.ts';
import { Crypto, crypto } from './crypto/crypto.ts';
import { CryptoKey } from './crypto/crypto-key.ts';
import { SubtleCrypto } from './crypto/subtle-crypto.ts';
import { TextDecoderStream, TextEncoderStream } from './encoding/streams.ts';
import { TextDecoder } from './encoding/text-decoder.ts';
import { TextEncoder } from './encoding/text-encoder.ts';
import { EventSource } from './event-source/event-source.ts';
import { FormData, Headers, Request, Response } from './fetch/classes.ts';
import { fetch } from '../bridge/fetch.ts';
import { Blob } from './file/blob.ts';
import { File } from './file/file.ts';
import { defineGlobalScope } from './html/global-scope.ts';
import { Performance, performance } from './hr-time/performance.ts';
import { atob, btoa } from './html/base64.ts';
import { ErrorEvent } from './html/error-event.ts';
import { MessageEvent } from './html/message-event.ts';
import { MessageChannel, MessagePort } from './html/message-port.ts';
import { Navigator, navigator } from './html/navigator.ts';
import { PromiseRejectionEvent } from './html/promise-rejection-event.ts';
import { queueMicrotask } from './html/queue-microtask.ts';
import './html/rejections.ts';
import { reportError } from './html/report-error.ts';
import { clearInterval, clearTimeout, setInterval, setTimeout } from './html/set-timeout.ts';
import { PerformanceEntry } from './performance-timeline/entry.ts';
import { PerformanceObserver } from './performance-timeline/observer.ts';
import { PerformanceObserverEntryList } from './performance-timeline/observer-entry-list.ts';
import * as streams from './streams/interfaces.ts';
import './structured-clone/streams.ts';
import { structuredClone } from './structured-clone/structured-clone.ts';
import { refuseToClone } from './structured-clone/transferable.ts';
import { URL } from './url/url.ts';
import { URLSearchParams } from './url/url-search-params.ts';
import { URLPattern } from './urlpattern/url-pattern.ts';
import { PerformanceMark } from './user-timing/mark.ts';
import { PerformanceMeasure } from './user-timing/measure.ts';
import './user-timing/user-timing.ts';
import { addToWebAssembly } from '../surface/webassembly.ts';
import { addStreaming } from './webassembly/streaming.ts';
import { DOMException } from './webidl/dom-exception.ts';
import { CloseEvent } from './websockets/close-event.ts';
import { WebSocket } from './websockets/websocket.ts';
import { QuotaExceededError } from './webidl/quota-exceeded-error.ts';

const cloneable = { Blob, File, DOMException, QuotaExceededError, CryptoKey };
const uncloneable = {
  AbortController, AbortSignal, CustomEvent, Event, EventTarget,
  CompressionStream, DecompressionStream,
  Crypto, SubtleCrypto,
  TextDecoderStream, TextEncoderStream, TextDecoder, TextEncoder,
  FormData, Headers, Request, Response,
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList,
  ErrorEvent, MessageEvent, MessageChannel, MessagePort, Navigator, PromiseRejectionEvent,
  URL, URLPattern, URLSearchParams,
  BroadcastChannel, Cache, CacheStorage, CloseEvent, EventSource, WebSocket,
  ...streams,
};
const operations = { fetch, atob, btoa, queueMicrotask, reportError, clearInterval, clearTimeout, setInterval, setTimeout, structuredClone };
const attributes = { caches, crypto, navigator, performance, self: globalThis };

function define(members: object, enumerable: boolean): void {
  for (const [key, value] of Object.entries(members)) Object.defineProperty(globalThis, key, { value, writable: true, enumerable, configurable: true });
}

define({ ...cloneable, ...uncloneable, console }, false);
define({ ...operations, ...attributes }, true);
defineGlobalScope();
// Bundling may have changed names.
for (const [name, value] of Object.entries(operations)) Object.defineProperty(value, 'name', { value: name, configurable: true });

refuseToClone(Object.values(uncloneable) as unknown as Parameters<typeof refuseToClone>[0]);
addToWebAssembly((namespace) => {
  addStreaming(namespace as never);
  refuseToClone([namespace.Memory]);
});

summarize(URL, ({ href }) => ({ href }));
summarize(URLPattern, ({ protocol, username, password, hostname, port, pathname, search, hash }) => ({ protocol, username, password, hostname, port, pathname, search, hash }));
summarize(Headers, (headers) => Object.fromEntries(headers as unknown as Iterable<[string, string]>));
summarize(URLSearchParams, (params) => Object.fromEntries(params));
summarize(FormData, (form) => Object.fromEntries(form as unknown as Iterable<[string, unknown]>));
summarize(Request, (request) => { const { method, url, headers } = request as unknown as Record<string, unknown>; return { method, url, headers }; });
summarize(Response, (response) => { const { status, statusText, headers, bodyUsed } = response as unknown as Record<string, unknown>; return { status, statusText, headers, bodyUsed }; });
summarize(File, ({ name, size, type }) => ({ name, size, type }));
summarize(Blob, ({ size, type }) => ({ size, type }));
summarize(CryptoKey, ({ type, extractable, algorithm, usages }) => ({ type, extractable, algorithm, usages }));
summarize(AbortSignal, ({ aborted, reason }) => ({ aborted, reason }));
summarize(Event, ({ type, defaultPrevented }) => ({ type, defaultPrevented }));
