// The thirteen interfaces of the Streams standard, with the names that bundling may have changed.
import * as streams from 'web-streams-polyfill';

for (const [name, stream] of Object.entries(streams)) Object.defineProperty(stream, 'name', { value: name, configurable: true });

// The polyfill's asynchronous iterators inherit from Object.prototype.
const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype)) as object;
Object.setPrototypeOf(Object.getPrototypeOf(new streams.ReadableStream().values()), asyncIteratorPrototype);

// Of an older standard.
Reflect.deleteProperty(streams.WritableStreamDefaultController.prototype, 'abortReason');

export {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableByteStreamController, ReadableStream, ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController,
  ReadableStreamDefaultReader, TransformStream, TransformStreamDefaultController, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} from 'web-streams-polyfill';
