// The thirteen interfaces of the Streams standard, with the names that bundling may have changed.
import * as streams from 'web-streams-polyfill';

for (const [name, stream] of Object.entries(streams)) Object.defineProperty(stream, 'name', { value: name, configurable: true });

export {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableByteStreamController, ReadableStream, ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController,
  ReadableStreamDefaultReader, TransformStream, TransformStreamDefaultController, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} from 'web-streams-polyfill';
