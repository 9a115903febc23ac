import { NativePromise } from '../../kernel/intrinsics.ts';
import { type ReadableStream, readChunk, ReadableStreamDefaultReader } from '../streams/streams.ts';
import { Parts } from '../bodies/parts.ts';
import { type Whole, whole } from '../bodies/whole.ts';

/** Streams: read all bytes. Anything else among the chunks is an error. */
export async function readAll(stream: ReadableStream): Promise<Whole> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await readEach(stream, (chunk) => { chunks.push(chunk); });
  return whole(chunks.length === 1 ? chunks[0]! : new Parts(chunks).join());
}

/** The same, chunk by chunk, without a promise for each. Reading ends if `visit` throws. */
export function readEach(stream: ReadableStream, visit: (chunk: Uint8Array<ArrayBuffer>) => void): Promise<void> {
  return new NativePromise((resolve, reject) => {
    const reader = new ReadableStreamDefaultReader(stream);
    let more = false;
    let reading = false;
    // A loop over chunks that are queued already: recursion would be as deep as the queue is long.
    const next = () => {
      more = true;
      if (reading) return;
      reading = true;
      while (more) {
        more = false;
        readChunk(stream, request);
      }
      reading = false;
    };
    const request = {
      chunk(chunk: unknown) {
        try {
          if (!(chunk instanceof Uint8Array)) throw new TypeError('The body\'s stream gave a chunk that is not a Uint8Array');
          visit(chunk as Uint8Array<ArrayBuffer>);
        } catch (error) {
          reject(error);
          void reader.cancel(error).catch(() => {});
          return;
        }
        next();
      },
      close() { resolve(); },
      error: reject,
    };
    next();
  });
}
