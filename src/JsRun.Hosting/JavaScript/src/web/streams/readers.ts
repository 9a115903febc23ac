// Streams: ReadableStreamDefaultReader and ReadableStreamBYOBReader.
import { NativePromise, NativeRangeError, NativeTypeError, typedArrayName } from '../../kernel/intrinsics.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';
import { requireView } from './byte-controller.ts';
import { enforceRange, isObject } from './convert.ts';
import { rejectedWith, resolvedWith } from './promises.ts';
import { ByobReader, DefaultReader, released } from './readable.ts';
import { type ReadableStream, readableOf } from './readable-stream.ts';
import { isDetached, readView, sizeOf, viewKindOf } from './views.ts';

export type ReadResult<T> = { done: false; value: T } | { done: true; value: T | undefined };

export let defaultReaderOf: (reader: unknown) => DefaultReader;

export class ReadableStreamDefaultReader<R = any> {
  readonly #reader: DefaultReader;

  constructor(stream: ReadableStream<R>) {
    requireArguments(arguments.length, 1, 'ReadableStreamDefaultReader');
    this.#reader = new DefaultReader(readableOf(stream));
  }

  static {
    defaultReaderOf = (reader) => (reader as ReadableStreamDefaultReader).#reader;
  }

  get closed(): Promise<undefined> {
    return isObject(this) && #reader in this ? this.#reader.closed.promise : rejectedWith(illegal());
  }

  cancel(reason: unknown = undefined): Promise<undefined> {
    return isObject(this) && #reader in this ? this.#reader.cancel(reason) : rejectedWith(illegal());
  }

  read(): Promise<ReadResult<R>> {
    if (!(isObject(this) && #reader in this)) return rejectedWith(illegal());
    const reader = this.#reader;
    const { stream } = reader;
    if (stream === undefined) return rejectedWith(released('read'));
    const { controller } = stream;
    // A chunk that is there needs no request.
    if (!controller.isByteController && stream.state === 'readable' && controller.hasChunk) {
      stream.disturbed = true;
      return resolvedWith({ done: false, value: controller.takeChunk() as R });
    }
    return new NativePromise((resolve, reject) => {
      reader.read({
        chunk(value) { resolve({ done: false, value: value as R }); },
        close() { resolve({ done: true, value: undefined }); },
        error: reject,
      });
    });
  }

  releaseLock(): void { this.#reader.release(); }
}

export class ReadableStreamBYOBReader {
  readonly #reader: ByobReader;

  constructor(stream: ReadableStream) {
    requireArguments(arguments.length, 1, 'ReadableStreamBYOBReader');
    this.#reader = new ByobReader(readableOf(stream));
  }

  get closed(): Promise<undefined> {
    return isObject(this) && #reader in this ? this.#reader.closed.promise : rejectedWith(illegal());
  }

  cancel(reason: unknown = undefined): Promise<undefined> {
    return isObject(this) && #reader in this ? this.#reader.cancel(reason) : rejectedWith(illegal());
  }

  read<T extends ArrayBufferView>(view: T, options: { min?: number } | undefined = undefined): Promise<ReadResult<T>> {
    let min: number;
    try {
      if (!(isObject(this) && #reader in this)) throw illegal();
      requireArguments(arguments.length, 1, 'ReadableStreamBYOBReader.read');
      requireView(view, 'ReadableStreamBYOBReader.read: the view');
      const { min: given } = dictionary(options, 'ReadableStreamBYOBReader.read: the options');
      min = given === undefined ? 1 : enforceRange(given, 'ReadableStreamBYOBReader.read: min');
      const { buffer, length } = readView(view);
      if (length === 0) throw new NativeTypeError('ReadableStreamBYOBReader.read: the view has no bytes');
      if (sizeOf(buffer) === 0) throw new NativeTypeError('ReadableStreamBYOBReader.read: the view\'s buffer has no bytes');
      if (isDetached(buffer)) throw new NativeTypeError('ReadableStreamBYOBReader.read: the view\'s buffer is detached');
      if (min === 0) throw new NativeTypeError('ReadableStreamBYOBReader.read: min is 0');
      if (min > (typedArrayName(view) === undefined ? length : length / viewKindOf(view).size)) throw new NativeRangeError('ReadableStreamBYOBReader.read: min is more than the view can hold');
      if (this.#reader.stream === undefined) throw released('read');
    } catch (error) {
      return rejectedWith(error);
    }
    return new NativePromise((resolve, reject) => {
      this.#reader.read(view, min, {
        chunk(value) { resolve({ done: false, value: value as T }); },
        close(value) { resolve({ done: true, value: value as T | undefined }); },
        error: reject,
      });
    });
  }

  releaseLock(): void { this.#reader.release(); }
}

const illegal = (): TypeError => new NativeTypeError('Illegal invocation');

defineInterface(ReadableStreamDefaultReader, 'ReadableStreamDefaultReader');
defineInterface(ReadableStreamBYOBReader, 'ReadableStreamBYOBReader');
