// Streams: the ponyfill, and what this runtime reads of its state. Its underscored fields are its own business, hence the pinned version and a test.
import {
  ReadableByteStreamController, ReadableStream, ReadableStreamDefaultController, ReadableStreamDefaultReader, type TransformStream, type WritableStream,
} from 'web-streams-polyfill';
import { uncurry } from '../../kernel/intrinsics.ts';

export * from 'web-streams-polyfill';

// The bridge's, as they are before any script has seen them.
export const getReader = uncurry(ReadableStream.prototype.getReader) as (stream: ReadableStream) => ReadableStreamDefaultReader;
export const cancelStream = uncurry(ReadableStream.prototype.cancel) as (stream: ReadableStream, reason: unknown) => Promise<void>;
export const read = uncurry(ReadableStreamDefaultReader.prototype.read) as (reader: ReadableStreamDefaultReader) => Promise<{ done: boolean; value: unknown }>;
export const cancelReader = uncurry(ReadableStreamDefaultReader.prototype.cancel) as (reader: ReadableStreamDefaultReader, reason: unknown) => Promise<void>;

/** What a read ends in. */
export interface ReadRequest { _chunkSteps(chunk: unknown): void; _closeSteps(): void; _errorSteps(reason: unknown): void }

interface State { _disturbed: boolean; _state: 'readable' | 'closed' | 'errored'; _storedError: unknown; _readableStreamController: Record<symbol, (request: ReadRequest) => void> }

const stateOf = (stream: ReadableStream) => stream as unknown as State;

/** Whether the stream was ever read from or cancelled. */
export const isDisturbed = (stream: ReadableStream): boolean => stateOf(stream)._disturbed;
export function markDisturbed(stream: ReadableStream): void { stateOf(stream)._disturbed = true; }
export const isByteStream = (stream: ReadableStream): boolean => stateOf(stream)._readableStreamController instanceof ReadableByteStreamController;

const pullSteps = Object.getOwnPropertySymbols(ReadableStreamDefaultController.prototype).find(({ description }) => description === '[[PullSteps]]')!;

/** Reads a stream that a default reader has locked, without a promise: the standard's "read a chunk". */
export function readChunk(stream: ReadableStream, request: ReadRequest): void {
  const state = stateOf(stream);
  state._disturbed = true;
  if (state._state === 'closed') request._closeSteps();
  else if (state._state === 'errored') request._errorSteps(state._storedError);
  else state._readableStreamController[pullSteps]!(request);
}

// Each kind has its controller in a field of its own: nothing else has.
export const isReadableStream = (value: object): value is ReadableStream => Object.hasOwn(value, '_readableStreamController');
export const isWritableStream = (value: object): value is WritableStream => Object.hasOwn(value, '_writableStreamController');
export const isTransformStream = (value: object): value is TransformStream => Object.hasOwn(value, '_transformStreamController');

/** Gives a transform stream other ends. */
export function setEnds(stream: TransformStream, readable: ReadableStream, writable: WritableStream): TransformStream {
  return Object.assign(stream, { _readable: readable, _writable: writable });
}
