// A stream over a byte array: of a blob, or of a body.
import { ReadableStream } from './streams.ts';

/** The most bytes of a chunk. */
const CHUNK = 64 * 1024;

/** A byte stream whose chunks are copies of parts of the bytes. */
export function streamOfBytes(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (at < bytes.length) {
        controller.enqueue(bytes.slice(at, at += CHUNK));
      }
      if (at >= bytes.length) {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
  }, { highWaterMark: 0 });
}
