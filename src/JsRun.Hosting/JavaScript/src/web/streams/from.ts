// Streams: ReadableStream.from.
import { apply, NativeTypeError } from '../../kernel/intrinsics.ts';
import { isObject } from './convert.ts';
import { DefaultController } from './default-controller.ts';
import { call, react, rejectedWith } from './promises.ts';
import { Readable } from './readable.ts';

type AnyIterator = { next: (...args: any[]) => unknown; return?: unknown };

/** GetIterator(iterable, async): a synchronous iterator has its values awaited by an asynchronous generator. */
function iteratorOf(iterable: unknown): AnyIterator {
  if (iterable === undefined || iterable === null) throw new NativeTypeError('ReadableStream.from: the argument is not iterable');
  const method = (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator] as unknown;
  let iterator: unknown;
  if (method !== undefined && method !== null) {
    if (typeof method !== 'function') throw new NativeTypeError('ReadableStream.from: Symbol.asyncIterator is not a function');
    iterator = apply(method as () => unknown, iterable, []);
  } else {
    const sync = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
    if (typeof sync !== 'function') throw new NativeTypeError('ReadableStream.from: the argument is not iterable');
    const inner: unknown = apply(sync as () => unknown, iterable, []);
    if (!isObject(inner)) throw new NativeTypeError('ReadableStream.from: the iterator is not an object');
    const wrapper = { __proto__: null, [Symbol.iterator]: () => inner } as unknown as Iterable<unknown>;
    iterator = (async function* () { return yield* wrapper; })();
  }
  if (!isObject(iterator)) throw new NativeTypeError('ReadableStream.from: the iterator is not an object');
  return iterator as AnyIterator;
}

export function fromIterable(iterable: unknown): Readable {
  const iterator = iteratorOf(iterable);
  const { next } = iterator;
  const stream = new Readable();
  const controller = new DefaultController(stream, 0, undefined);
  controller.start(
    () => undefined,
    () => react(call(next, iterator, []), (result) => {
      if (!isObject(result)) throw new NativeTypeError('The iterator\'s next() returned something that is not an object');
      const { done } = result as { done?: unknown };
      if (done) controller.close();
      else controller.enqueue((result as { value: unknown }).value);
    }),
    (reason) => {
      let method: unknown;
      try {
        method = iterator.return;
      } catch (error) {
        return rejectedWith(error);
      }
      if (method === undefined || method === null) return react(call(() => undefined, undefined, []), () => undefined);
      return react(call(method as () => unknown, iterator, [reason]), (result) => {
        if (!isObject(result)) throw new NativeTypeError('The iterator\'s return() returned something that is not an object');
      });
    },
  );
  return stream;
}
