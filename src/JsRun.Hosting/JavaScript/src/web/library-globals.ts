// The globals that whatwg-url and @exodus/bytes use. The build binds them to these modules instead of the global object, so that the libraries do not depend on globals that user code
// may replace, and can be evaluated before the globals are defined.
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

/** The global object of @exodus/bytes (build.mjs): what it does without the web layer. */
export const libraryGlobal = { decodeURIComponent, escape };
