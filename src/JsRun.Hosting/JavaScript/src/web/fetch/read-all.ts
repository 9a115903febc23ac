import type { ReadableStream } from '../streams/streams.ts';
import { Parts } from './parts.ts';

/** Streams: read all bytes. Anything else among the chunks is an error. */
export async function readAll(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await readEach(stream, (chunk) => { chunks.push(chunk); });
  return chunks.length === 1 ? chunks[0]! : new Parts(chunks).join();
}

/** The same, chunk by chunk. Where `visit` throws nobody reads on. */
export async function readEach(stream: ReadableStream, visit: (chunk: Uint8Array<ArrayBuffer>) => void): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    try {
      if (!(value instanceof Uint8Array)) throw new TypeError('The body\'s stream gave a chunk that is not a Uint8Array');
      visit(value as Uint8Array<ArrayBuffer>);
    } catch (error) {
      void reader.cancel(error).catch(() => {});
      throw error;
    }
  }
}
