// The thirteen interfaces of the Streams standard, with the names that bundling may have changed.
import * as streams from 'web-streams-polyfill';
import { deleteProperty, getPrototypeOf, ownKeys, setPrototypeOf } from '../../kernel/intrinsics.ts';
import { register } from '../webidl/interface.ts';

const names = ownKeys(streams) as (keyof typeof streams)[];
for (let i = 0; i < names.length; i++) if (typeof streams[names[i]!] === 'function') register(streams[names[i]!], names[i]!);

// The polyfill's asynchronous iterators inherit from Object.prototype.
const asyncIteratorPrototype = getPrototypeOf(getPrototypeOf((async function* () {}).prototype as object)!);
setPrototypeOf(getPrototypeOf(new streams.ReadableStream().values())!, asyncIteratorPrototype);

// Of an older standard.
deleteProperty(streams.WritableStreamDefaultController.prototype, 'abortReason');

export {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableByteStreamController, ReadableStream, ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController,
  ReadableStreamDefaultReader, TransformStream, TransformStreamDefaultController, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} from 'web-streams-polyfill';
