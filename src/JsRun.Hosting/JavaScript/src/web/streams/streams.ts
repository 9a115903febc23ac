// Streams: the ponyfill, and what this runtime reads of its state. Its underscored fields are its own business, hence the pinned version and a test.
import type { ReadableStream } from 'web-streams-polyfill';

export * from 'web-streams-polyfill';

interface State { _disturbed: boolean; _state: 'readable' | 'closed' | 'errored' }

const stateOf = (stream: ReadableStream) => stream as unknown as State;

/** Whether the stream was ever read from or cancelled. */
export const isDisturbed = (stream: ReadableStream): boolean => stateOf(stream)._disturbed;
export const isErrored = (stream: ReadableStream): boolean => stateOf(stream)._state === 'errored';
export const isReadable = (stream: ReadableStream): boolean => stateOf(stream)._state === 'readable';
