// Streams: ReadableStream.
import { apply, defineProperty, NativeRangeError, NativeTypeError } from '../../kernel/intrinsics.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';
import { iterate } from './async-iterator.ts';
import { ByteController, type ReadableByteStreamController } from './byte-controller.ts';
import { callback, enforceRange, isObject, optionalObject } from './convert.ts';
import { DefaultController, type ReadableStreamDefaultController } from './default-controller.ts';
import { fromIterable } from './from.ts';
import { pipe, type PipeOptions, readPipeOptions } from './pipe.ts';
import { call, done, markHandled, rejectedWith } from './promises.ts';
import { Readable } from './readable.ts';
import { ReadableStreamBYOBReader, ReadableStreamDefaultReader } from './readers.ts';
import { highWaterMarkOf, type QueuingStrategy, readStrategy, type Strategy } from './strategies.ts';
import { tee } from './tee.ts';
import { type WritableStream, writableOf } from './writable-stream.ts';

export interface UnderlyingSource<R = any> {
  type?: undefined;
  start?: (controller: ReadableStreamDefaultController<R>) => unknown;
  pull?: (controller: ReadableStreamDefaultController<R>) => unknown;
  cancel?: (reason: any) => unknown;
}

export interface UnderlyingByteSource {
  type: 'bytes';
  autoAllocateChunkSize?: number;
  start?: (controller: ReadableByteStreamController) => unknown;
  pull?: (controller: ReadableByteStreamController) => unknown;
  cancel?: (reason: any) => unknown;
}

let making: Readable | undefined;

/** The state of a ReadableStream; a TypeError for anything else. */
export let readableOf: (stream: unknown) => Readable;
export let isReadableStream: (value: object) => value is ReadableStream;

export class ReadableStream<R = any> {
  readonly #readable: Readable;

  constructor(source: UnderlyingByteSource, strategy?: { highWaterMark?: number });
  constructor(source?: UnderlyingSource<R>, strategy?: QueuingStrategy<R>);
  constructor(source: unknown = undefined, strategy: unknown = undefined) {
    if (making !== undefined) {
      this.#readable = making;
      making = undefined;
      return;
    }
    const members = optionalObject(source, 'ReadableStream: the source');
    const read = readStrategy(strategy, 'ReadableStream: the strategy');
    this.#readable = new Readable();
    fill(this.#readable, source === undefined ? members : source as object, members, read);
  }

  static {
    readableOf = (stream) => {
      if (typeof stream !== 'object' || stream === null || !(#readable in stream)) throw new NativeTypeError('The value is not a ReadableStream');
      return stream.#readable;
    };
    isReadableStream = (value): value is ReadableStream => #readable in value;
  }

  static from<T>(iterable: AsyncIterable<T> | Iterable<T>): ReadableStream<T> {
    requireArguments(arguments.length, 1, 'ReadableStream.from');
    return showReadable(fromIterable(iterable)) as ReadableStream<T>;
  }

  get locked(): boolean { return this.#readable.isLocked; }

  cancel(reason: unknown = undefined): Promise<undefined> {
    if (!(isObject(this) && #readable in this)) return rejectedWith(new NativeTypeError('Illegal invocation'));
    if (this.#readable.isLocked) return rejectedWith(new NativeTypeError('The stream is locked by a reader: cancel the reader'));
    return this.#readable.cancel(reason);
  }

  getReader(options: { mode: 'byob' }): ReadableStreamBYOBReader;
  getReader(options?: { mode?: undefined }): ReadableStreamDefaultReader<R>;
  getReader(options: unknown = undefined): ReadableStreamDefaultReader<R> | ReadableStreamBYOBReader {
    void this.#readable;
    const { mode } = dictionary(options, 'ReadableStream.getReader: the options');
    if (mode === undefined) return new ReadableStreamDefaultReader<R>(this);
    if (`${mode as string}` !== 'byob') throw new NativeTypeError(`ReadableStream.getReader: the mode "${mode as string}" does not exist; it is "byob", or undefined`);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough<S extends ReadableStream>(transform: { readable: S; writable: WritableStream }, options: PipeOptions | undefined = undefined): S {
    const source = this.#readable;
    requireArguments(arguments.length, 1, 'ReadableStream.pipeThrough');
    const members = dictionary(transform, 'ReadableStream.pipeThrough: the transform');
    const { readable } = members;
    readableOf(readable);
    const target = writableOf(members.writable);
    const read = readPipeOptions(options, 'ReadableStream.pipeThrough');
    if (source.isLocked) throw new NativeTypeError('ReadableStream.pipeThrough: the stream is locked already');
    if (target.writer !== undefined) throw new NativeTypeError('ReadableStream.pipeThrough: the transform\'s writable side is locked already');
    markHandled(pipe(source, target, read));
    return readable as S;
  }

  pipeTo(destination: WritableStream<R>, options: PipeOptions | undefined = undefined): Promise<undefined> {
    try {
      if (!(isObject(this) && #readable in this)) throw new NativeTypeError('Illegal invocation');
      requireArguments(arguments.length, 1, 'ReadableStream.pipeTo');
      const target = writableOf(destination);
      const read = readPipeOptions(options, 'ReadableStream.pipeTo');
      if (this.#readable.isLocked) throw new NativeTypeError('ReadableStream.pipeTo: the stream is locked already');
      if (target.writer !== undefined) throw new NativeTypeError('ReadableStream.pipeTo: the destination is locked already');
      return pipe(this.#readable, target, read);
    } catch (error) {
      return rejectedWith(error);
    }
  }

  tee(): [ReadableStream<R>, ReadableStream<R>] {
    const { first, second } = tee(this.#readable);
    return [showReadable(first) as ReadableStream<R>, showReadable(second) as ReadableStream<R>];
  }

  values(options: { preventCancel?: boolean } | undefined = undefined): AsyncIterableIterator<R> {
    const readable = this.#readable;
    const { preventCancel } = dictionary(options, 'ReadableStream.values: the options');
    return iterate(readable, !!preventCancel) as AsyncIterableIterator<R>;
  }

  declare [Symbol.asyncIterator]: (options?: { preventCancel?: boolean }) => AsyncIterableIterator<R>;
}

defineInterface(ReadableStream, 'ReadableStream');
defineProperty(ReadableStream.prototype, Symbol.asyncIterator, { __proto__: null, value: ReadableStream.prototype.values, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);

/** The ReadableStream of a state that has none yet. */
export function showReadable(readable: Readable): ReadableStream {
  making = readable;
  return new ReadableStream();
}

/** Connects a new stream with the source that a script has given. */
function fill(readable: Readable, source: object, members: Record<string, unknown>, strategy: Strategy): void {
  const { autoAllocateChunkSize } = members;
  const allocated = autoAllocateChunkSize === undefined ? undefined : enforceRange(autoAllocateChunkSize, 'ReadableStream: autoAllocateChunkSize');
  const cancel = callback(members, 'cancel', 'ReadableStream');
  const pull = callback(members, 'pull', 'ReadableStream');
  const start = callback(members, 'start', 'ReadableStream');
  const { type } = members;
  if (type !== undefined && `${type as string}` !== 'bytes') throw new NativeTypeError(`ReadableStream: the type "${type as string}" does not exist; it is "bytes", or undefined`);
  let controller: DefaultController | ByteController;
  if (type === undefined) {
    controller = new DefaultController(readable, highWaterMarkOf(strategy, 1), strategy.size);
  } else {
    if (strategy.size !== undefined) throw new NativeRangeError('ReadableStream: the strategy of a byte stream has no size function');
    const mark = highWaterMarkOf(strategy, 0);
    if (allocated === 0) throw new NativeTypeError('ReadableStream: autoAllocateChunkSize is 0');
    controller = new ByteController(readable, mark, allocated);
  }
  controller.start(
    start === undefined ? () => undefined : () => apply(start, source, [controller.shown]) as unknown,
    pull === undefined ? () => done : () => call(pull, source, [controller.shown]),
    cancel === undefined ? () => done : (reason) => call(cancel, source, [reason]),
  );
}

