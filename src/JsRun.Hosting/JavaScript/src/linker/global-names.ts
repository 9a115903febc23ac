// The names of the globals that a contained context has. The compiler makes variables of those that an instance may change, and asks the linker for every other name.

/** Interfaces of the web APIs, and the console: not enumerable. In the order in which they are defined. */
export const INTERFACES = 'Blob File DOMException QuotaExceededError CryptoKey AbortController AbortSignal CustomEvent Event CompressionStream DecompressionStream Crypto SubtleCrypto '
  + 'TextDecoderStream TextEncoderStream TextDecoder TextEncoder FormData Headers Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver '
  + 'PerformanceObserverEntryList ErrorEvent MessageEvent MessageChannel MessagePort Navigator PromiseRejectionEvent URL URLPattern URLSearchParams BroadcastChannel Cache CacheStorage '
  + 'CloseEvent EventSource WebSocket ByteLengthQueuingStrategy CountQueuingStrategy ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest '
  + 'ReadableStreamDefaultController ReadableStreamDefaultReader TransformStream TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter console';

/** Operations and attributes of the web APIs: enumerable. */
export const MEMBERS = 'fetch atob btoa reportError structuredClone caches crypto navigator performance';

/** Globals of the web APIs that every context has from the beginning. */
const EARLY = 'EventTarget Request Response AsyncContext queueMicrotask clearInterval clearTimeout setInterval setTimeout';

/** ECMAScript's, without the values `undefined`, `NaN` and `Infinity`, which nothing can change. */
const LANGUAGE = 'AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array '
  + 'Float32Array Float64Array Function Int16Array Int32Array Int8Array Intl Iterator JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String '
  + 'SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly '
  + 'decodeURI decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt unescape';

export const GLOBAL_NAMES: readonly string[] = `${LANGUAGE} ${EARLY} ${INTERFACES} ${MEMBERS}`.split(' ');

/** The names of the global object itself. */
export const SELVES: readonly string[] = ['globalThis', 'self'];

/** Globals that are another object in each instance, because scripts change them, or listen to them. */
export const OWN_IN_INSTANCE: readonly string[] = ['console', 'performance'];

/** Names that always mean the same: values that cannot be changed, and `eval`, which no strict code can declare. */
export const CONSTANTS: readonly string[] = ['undefined', 'NaN', 'Infinity', 'eval'];

/**
 * How the free names of a graph of modules are compiled for instances.
 * - `Direct`: no module mentions its global object or assigns to a free name. Names of globals are left to V8.
 * - `Variables`: names of globals are variables of the module, which follow the properties of the instance's global object.
 * - `Object`: every name is looked up on the instance's global object each time, because a script deletes its properties, or defines accessors there.
 */
export const enum GlobalScope { Direct = 0, Variables = 1, Object = 2 }
