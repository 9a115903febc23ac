// The lazy globals (kernel/lazies.ts): their names, in the order in which they are defined, and their values.
import { defineProperty } from '../kernel/intrinsics.ts';
import { fetch } from './fetch/fetch.ts';
import { BroadcastChannel } from './broadcast/broadcast-channel.ts';
import { caches, CacheStorage } from './caches/cache-storage.ts';
import { Cache } from './caches/cache.ts';
import { CompressionStream, DecompressionStream } from './compression/compression-stream.ts';
import { console } from './console/console.ts';
import { CryptoKey } from './crypto/crypto-key.ts';
import { crypto, Crypto } from './crypto/crypto.ts';
import { SubtleCrypto } from './crypto/subtle-crypto.ts';
import { AbortController, AbortSignal } from './dom/abort-signal.ts';
import { CustomEvent } from './dom/custom-event.ts';
import { Event } from './dom/event.ts';
import { TextDecoderStream, TextEncoderStream } from './encoding/streams.ts';
import { TextDecoder } from './encoding/text-decoder.ts';
import { TextEncoder } from './encoding/text-encoder.ts';
import { EventSource } from './event-source/event-source.ts';
import { FormData, Headers } from './fetch/classes.ts';
import { Blob } from './file/blob.ts';
import { File } from './file/file.ts';
import { Performance, performance } from './hr-time/performance.ts';
import { atob, btoa } from './html/base64.ts';
import { ErrorEvent } from './html/error-event.ts';
import { MessageEvent } from './html/message-event.ts';
import { MessageChannel, MessagePort } from './html/message-port.ts';
import { navigator, Navigator } from './html/navigator.ts';
import { PromiseRejectionEvent } from './html/promise-rejection-event.ts';
import { reportError } from './html/report-error.ts';
import { PerformanceEntry } from './performance-timeline/entry.ts';
import { PerformanceObserverEntryList } from './performance-timeline/observer-entry-list.ts';
import { PerformanceObserver } from './performance-timeline/observer.ts';
import * as streams from './streams/streams.ts';
import { structuredClone } from './structured-clone/structured-clone.ts';
import { URLSearchParams } from './url/url-search-params.ts';
import { URL } from './url/url.ts';
import { URLPattern } from './urlpattern/url-pattern.ts';
import { PerformanceMark } from './user-timing/mark.ts';
import { PerformanceMeasure } from './user-timing/measure.ts';
import './user-timing/user-timing.ts';
import { DOMException } from './webidl/dom-exception.ts';
import { QuotaExceededError } from './webidl/quota-exceeded-error.ts';
import { CloseEvent } from './websockets/close-event.ts';
import { WebSocket } from './websockets/websocket.ts';

/** Interfaces, and the console: not enumerable. */
export const INTERFACES = 'Blob File DOMException QuotaExceededError CryptoKey AbortController AbortSignal CustomEvent Event CompressionStream DecompressionStream Crypto SubtleCrypto '
  + 'TextDecoderStream TextEncoderStream TextDecoder TextEncoder FormData Headers Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver '
  + 'PerformanceObserverEntryList ErrorEvent MessageEvent MessageChannel MessagePort Navigator PromiseRejectionEvent URL URLPattern URLSearchParams BroadcastChannel Cache CacheStorage '
  + 'CloseEvent EventSource WebSocket ByteLengthQueuingStrategy CountQueuingStrategy ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest '
  + 'ReadableStreamDefaultController ReadableStreamDefaultReader TransformStream TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter console';

/** Operations and attributes: enumerable. */
export const MEMBERS = 'fetch atob btoa reportError structuredClone caches crypto navigator performance';

/** Makes the value of a lazy global. */
export function makeGlobal(name: string): unknown {
  switch (name) {
    case 'Blob': return Blob;
    case 'File': return File;
    case 'DOMException': return DOMException;
    case 'QuotaExceededError': return QuotaExceededError;
    case 'CryptoKey': return CryptoKey;
    case 'AbortController': return AbortController;
    case 'AbortSignal': return AbortSignal;
    case 'CustomEvent': return CustomEvent;
    case 'Event': return Event;
    case 'CompressionStream': return CompressionStream;
    case 'DecompressionStream': return DecompressionStream;
    case 'Crypto': return Crypto;
    case 'SubtleCrypto': return SubtleCrypto;
    case 'TextDecoderStream': return TextDecoderStream;
    case 'TextEncoderStream': return TextEncoderStream;
    case 'TextDecoder': return TextDecoder;
    case 'TextEncoder': return TextEncoder;
    case 'FormData': return FormData;
    case 'Headers': return Headers;
    case 'Performance': return Performance;
    case 'PerformanceEntry': return PerformanceEntry;
    case 'PerformanceMark': return PerformanceMark;
    case 'PerformanceMeasure': return PerformanceMeasure;
    case 'PerformanceObserver': return PerformanceObserver;
    case 'PerformanceObserverEntryList': return PerformanceObserverEntryList;
    case 'ErrorEvent': return ErrorEvent;
    case 'MessageEvent': return MessageEvent;
    case 'MessageChannel': return MessageChannel;
    case 'MessagePort': return MessagePort;
    case 'Navigator': return Navigator;
    case 'PromiseRejectionEvent': return PromiseRejectionEvent;
    case 'URL': return URL;
    case 'URLPattern': return URLPattern;
    case 'URLSearchParams': return URLSearchParams;
    case 'BroadcastChannel': return BroadcastChannel;
    case 'Cache': return Cache;
    case 'CacheStorage': return CacheStorage;
    case 'CloseEvent': return CloseEvent;
    case 'EventSource': return EventSource;
    case 'WebSocket': return WebSocket;
    case 'ByteLengthQueuingStrategy': return streams.ByteLengthQueuingStrategy;
    case 'CountQueuingStrategy': return streams.CountQueuingStrategy;
    case 'ReadableByteStreamController': return streams.ReadableByteStreamController;
    case 'ReadableStream': return streams.ReadableStream;
    case 'ReadableStreamBYOBReader': return streams.ReadableStreamBYOBReader;
    case 'ReadableStreamBYOBRequest': return streams.ReadableStreamBYOBRequest;
    case 'ReadableStreamDefaultController': return streams.ReadableStreamDefaultController;
    case 'ReadableStreamDefaultReader': return streams.ReadableStreamDefaultReader;
    case 'TransformStream': return streams.TransformStream;
    case 'TransformStreamDefaultController': return streams.TransformStreamDefaultController;
    case 'WritableStream': return streams.WritableStream;
    case 'WritableStreamDefaultController': return streams.WritableStreamDefaultController;
    case 'WritableStreamDefaultWriter': return streams.WritableStreamDefaultWriter;
    case 'console': return console;
    case 'fetch': return named(fetch, name);
    case 'atob': return named(atob, name);
    case 'btoa': return named(btoa, name);
    case 'reportError': return named(reportError, name);
    case 'structuredClone': return named(structuredClone, name);
    case 'caches': return caches;
    case 'crypto': return crypto;
    case 'navigator': return navigator;
    case 'performance': return performance;
    default: return undefined;
  }
}

/** Bundling may have changed its name. */
function named(f: object, name: string): object {
  defineProperty(f, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
  return f;
}
