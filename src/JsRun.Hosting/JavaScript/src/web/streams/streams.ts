// Streams: the classes, and what the rest of this runtime uses of them without calling anything that user code can replace.
import type { DefaultReader, ReadRequest } from './readable.ts';
import { type ReadableStream, readableOf } from './readable-stream.ts';
import { defaultReaderOf, ReadableStreamDefaultReader, type ReadResult } from './readers.ts';
import { NativePromise } from '../../kernel/intrinsics.ts';

export { ReadableByteStreamController, ReadableStreamBYOBRequest } from './byte-controller.ts';
export { ReadableStreamDefaultController } from './default-controller.ts';
export { isReadableStream, ReadableStream } from './readable-stream.ts';
export { ReadableStreamBYOBReader, ReadableStreamDefaultReader } from './readers.ts';
export { ByteLengthQueuingStrategy, CountQueuingStrategy } from './strategies.ts';
export { isTransformStream, setEnds, TransformStream, TransformStreamDefaultController } from './transform-stream.ts';
export { isWritableStream, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter } from './writable-stream.ts';
export type { ReadRequest } from './readable.ts';

export const getReader = (stream: ReadableStream): ReadableStreamDefaultReader => new ReadableStreamDefaultReader(stream);
export const cancelStream = (stream: ReadableStream, reason: unknown): Promise<void> => readableOf(stream).cancel(reason);
export const cancelReader = (reader: ReadableStreamDefaultReader, reason: unknown): Promise<void> => defaultReaderOf(reader).cancel(reason);

/** Reads a chunk. The result is an object without a prototype, because a promise reads `then` of the value that it is resolved with. */
export function read(reader: ReadableStreamDefaultReader): Promise<ReadResult<unknown>> {
  return new NativePromise((resolve, reject) => {
    defaultReaderOf(reader).read({
      chunk(value) { resolve({ __proto__: null, done: false, value } as unknown as ReadResult<unknown>); },
      close() { resolve({ __proto__: null, done: true, value: undefined } as unknown as ReadResult<unknown>); },
      error: reject,
    });
  });
}

/** Whether the stream was ever read from or cancelled. */
export const isDisturbed = (stream: ReadableStream): boolean => readableOf(stream).disturbed;
export function markDisturbed(stream: ReadableStream): void { readableOf(stream).disturbed = true; }
export const isByteStream = (stream: ReadableStream): boolean => readableOf(stream).controller.isByteController;

/** Reads a stream that a default reader has locked, without a promise: the standard's "read a chunk". */
export function readChunk(stream: ReadableStream, request: ReadRequest): void { (readableOf(stream).reader as DefaultReader).read(request); }
