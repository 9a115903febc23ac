// Streams: the ponyfill, and what this runtime reads of its state. Its underscored fields are its own business, hence the pinned version and a test.
import { ReadableByteStreamController, type ReadableStream, type TransformStream, type WritableStream } from 'web-streams-polyfill';

export * from 'web-streams-polyfill';

interface State { _disturbed: boolean; _state: 'readable' | 'closed' | 'errored'; _readableStreamController: object }

const stateOf = (stream: ReadableStream) => stream as unknown as State;

/** Whether the stream was ever read from or cancelled. */
export const isDisturbed = (stream: ReadableStream): boolean => stateOf(stream)._disturbed;
export function markDisturbed(stream: ReadableStream): void { stateOf(stream)._disturbed = true; }
export const isByteStream = (stream: ReadableStream): boolean => stateOf(stream)._readableStreamController instanceof ReadableByteStreamController;

// Each kind has its controller in a field of its own: nothing else has.
export const isReadableStream = (value: object): value is ReadableStream => Object.hasOwn(value, '_readableStreamController');
export const isWritableStream = (value: object): value is WritableStream => Object.hasOwn(value, '_writableStreamController');
export const isTransformStream = (value: object): value is TransformStream => Object.hasOwn(value, '_transformStreamController');

/** Gives a transform stream other ends. */
export function setEnds(stream: TransformStream, readable: ReadableStream, writable: WritableStream): TransformStream {
  return Object.assign(stream, { _readable: readable, _writable: writable });
}
