// A stream over bytes that are there: of a blob, or of a body.
import { ReadableStream } from './streams.ts';

/** What it hands out at a time. */
const CHUNK = 64 * 1024;

/** A byte stream over copies of the bytes, some at a time. */
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
