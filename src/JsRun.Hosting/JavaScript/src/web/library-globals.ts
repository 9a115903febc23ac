// What web-streams-polyfill and whatwg-url take from the global object, bound at build time instead: they are evaluated before the globals are there, and stay whole where
// user code replaces a global.
export { AbortController, AbortSignal } from './dom/abort-signal.ts';
export { TextDecoder } from './encoding/text-decoder.ts';
export { TextEncoder } from './encoding/text-encoder.ts';
export { Blob } from './file/blob.ts';
export { File } from './file/file.ts';
export { queueMicrotask } from './html/queue-microtask.ts';
export { MessagePort } from './html/message-port.ts';
export { ReadableStream, TransformStream } from './streams/streams.ts';
export { URL } from './url/url.ts';
export { URLSearchParams } from './url/url-search-params.ts';
export { DOMException } from './webidl/dom-exception.ts';
