// One of everything that scripts can make, for objects that are reachable from no global: prototypes of iterators, accessors that are own properties, objects that only a getter returns.
// Runs once for each hardened context, before any script.

type Make = () => unknown;
type Class = new (...values: unknown[]) => object;
interface Host { captureStackTrace(target: object): void }

/** A global that TypeScript's library does not have. */
const make = (name: string, ...values: unknown[]): object => new ((globalThis as unknown as Record<string, Class>)[name]!)(...values);
const read = (name: string): unknown => (globalThis as unknown as Record<string, unknown>)[name];

const noop = (): void => { /* only an object with such a callback is wanted */ };
const language: Make[] = [
  () => new Error('x'),
  () => {
    const target = {};
    (Error as unknown as Host).captureStackTrace(target);
    return target;
  },
  () => new AggregateError([]),
  () => [].values(), () => ''[Symbol.iterator](), () => new Map().entries(), () => new Set().entries(), () => 'a'.matchAll(/a/g), () => /x/d.exec('x'),
  () => (function* () { /* only its prototype is wanted */ })(),
  () => (async function* () { /* likewise */ })(),
  () => async () => { /* likewise */ },
  () => (function () { return arguments; })(),
  () => [].values().map((x: unknown) => x),
  () => Iterator.from({ next: () => ({ done: true, value: undefined }) } as Iterator<unknown>),
  () => new Promise(noop), () => Promise.withResolvers(), () => Proxy.revocable({}, {}), () => new Date(0), () => /x/, () => new WeakRef({}), () => new FinalizationRegistry(noop),
  () => new Map(), () => new Set(), () => new WeakMap(), () => new WeakSet(), () => new ArrayBuffer(0), () => new DataView(new ArrayBuffer(0)), () => Object(1n), () => Object(Symbol('x')), () => Object(''),
  () => (JSON as unknown as { rawJSON(text: string): object }).rawJSON('1'),
  () => make('DisposableStack'),
  () => make('AsyncDisposableStack'),
];

const intl: Make[] = [
  () => new Intl.Segmenter('en').segment('a'), () => new Intl.Segmenter('en').segment('a')[Symbol.iterator](),
  () => new Intl.NumberFormat('en'), () => new Intl.DateTimeFormat('en'), () => new Intl.Collator('en'), () => new Intl.PluralRules('en'), () => new Intl.ListFormat('en'),
  () => new Intl.RelativeTimeFormat('en'), () => new Intl.DisplayNames('en', { type: 'region' }), () => new Intl.Locale('en'),
  () => new (Intl as unknown as { DurationFormat: new (locale: string) => object }).DurationFormat('en'),
];

const web: Make[] = [
  () => new DOMException('x'), () => make('QuotaExceededError', 'x'),
  () => new Headers({ a: 'b' }), () => new Headers().entries(), () => new URLSearchParams('a=1'), () => new URLSearchParams().entries(), () => new FormData(), () => new FormData().entries(),
  () => new URL('http://a/b?c'), () => new Request('http://a/', { method: 'POST', body: 'x' }), () => new Response('x'), () => new Blob(['x']), () => new File(['x'], 'y'),
  () => new ReadableStream(), () => new ReadableStream().values(), () => new ReadableStream().getReader(), () => new ReadableStream().tee(),
  () => new ReadableStream({ type: 'bytes' }), () => new ReadableStream({ type: 'bytes' }).getReader({ mode: 'byob' }),
  () => new WritableStream(), () => new WritableStream().getWriter(), () => new TransformStream(),
  ...controllers(),
  () => new CountQueuingStrategy({ highWaterMark: 1 }), () => new ByteLengthQueuingStrategy({ highWaterMark: 1 }),
  () => new TextEncoder(), () => new TextDecoder(), () => new TextEncoderStream(), () => new TextDecoderStream(),
  () => new AbortController(), () => AbortSignal.abort(), () => AbortSignal.any([]),
  () => new Event('x'), () => new CustomEvent('x'), () => make('ErrorEvent', 'x'), () => new MessageEvent('x'), () => make('CloseEvent', 'x'),
  () => make('PromiseRejectionEvent', 'x', { promise: Promise.resolve(), reason: undefined }),
  () => new EventTarget(), () => new MessageChannel(),
  () => make('URLPattern', { pathname: '/x' }), () => (make('URLPattern', { pathname: '/:x' }) as RegExp).exec('http://a/b'),
  () => new PerformanceObserver(noop), () => make('PerformanceMark', 'x'),
  () => crypto, () => read('caches'), () => read('navigator'), () => performance,
];

/** The controllers that streams give to their sources and sinks. */
function controllers(): Make[] {
  const caught = (stream: (take: (controller: unknown) => void) => unknown): Make => () => {
    let controller: unknown;
    stream((given) => { controller = given; });
    return controller;
  };
  return [
    caught((take) => new ReadableStream({ start: take })),
    caught((take) => new ReadableStream({ type: 'bytes', start: take })),
    caught((take) => new WritableStream({ start: take })),
    caught((take) => new TransformStream({ start: take })),
  ];
}

const makeWasm = (name: string, value: object): object => new ((WebAssembly as unknown as Record<string, Class>)[name]!)(value);

const wasm: Make[] = [
  () => new WebAssembly.Memory({ initial: 0 }), () => makeWasm('Table', { initial: 1, element: 'anyfunc' }), () => makeWasm('Global', { value: 'i32' }),
  () => makeWasm('Tag', { parameters: [] }),
  () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  () => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
];

/** Makes them all. What this version of V8 does not have is left out. */
export function samples(): unknown[] {
  const made: unknown[] = [];
  const asyncContext = read('AsyncContext') as { Variable: Class; Snapshot: Class } | undefined;
  const all = [...language, ...intl, ...web, ...wasm, ...(asyncContext === undefined ? [] : [() => new asyncContext.Variable(), () => new asyncContext.Snapshot()])];
  for (const sample of all) {
    try {
      made.push(sample());
    } catch (error) {
      // A newer part of the language that this version lacks.
      if (!(error instanceof TypeError || error instanceof ReferenceError)) throw error;
    }
  }
  return made;
}
