// Streams: transferring them. Both streams are in one context, so the new stream reads from (or writes to) the one that was sent, and clones each chunk.
import { ReadableStream, TransformStream, WritableStream, isReadableStream, isTransformStream, isWritableStream, setEnds } from '../streams/streams.ts';
import { structuredClone } from './structured-clone.ts';
import { fail, transferables } from './transferable.ts';

function unlocked(stream: { readonly locked: boolean }): void {
  if (stream.locked) fail('A locked stream');
}

function moveReadable(stream: ReadableStream): ReadableStream {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) {
        controller.close();
        return;
      }
      try {
        controller.enqueue(structuredClone(value));
      } catch (error) {
        controller.error(error);
        await reader.cancel(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

function moveWritable(stream: WritableStream): WritableStream {
  const writer = stream.getWriter();
  return new WritableStream({
    async write(chunk) {
      await writer.ready;
      let copy: unknown;
      try {
        copy = structuredClone(chunk);
      } catch (error) {
        await writer.abort(error);
        throw error;
      }
      await writer.write(copy);
    },
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  });
}

transferables.push(
  { is: isReadableStream, check: (value) => { unlocked(value as ReadableStream); }, move: (value) => moveReadable(value as ReadableStream) },
  { is: isWritableStream, check: (value) => { unlocked(value as WritableStream); }, move: (value) => moveWritable(value as WritableStream) },
  {
    is: isTransformStream,
    check(value) {
      unlocked((value as TransformStream).readable);
      unlocked((value as TransformStream).writable);
    },
    move: (value) => setEnds(new TransformStream(), moveReadable((value as TransformStream).readable), moveWritable((value as TransformStream).writable)),
  },
);
