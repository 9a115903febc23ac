// Streams: the ponyfill, and what this runtime reads of its state. Its underscored fields are its own business, hence the pinned version and a test.
import { ReadableByteStreamController, type ReadableStream } from 'web-streams-polyfill';

export * from 'web-streams-polyfill';

interface State { _disturbed: boolean; _state: 'readable' | 'closed' | 'errored'; _readableStreamController: object }

const stateOf = (stream: ReadableStream) => stream as unknown as State;

/** Whether the stream was ever read from or cancelled. */
export const isDisturbed = (stream: ReadableStream): boolean => stateOf(stream)._disturbed;
export function markDisturbed(stream: ReadableStream): void { stateOf(stream)._disturbed = true; }
export const isByteStream = (stream: ReadableStream): boolean => stateOf(stream)._readableStreamController instanceof ReadableByteStreamController;
