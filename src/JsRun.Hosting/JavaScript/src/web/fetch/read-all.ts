import type { ReadableStream } from '../streams/streams.ts';

/** Streams: read all bytes. Anything else among the chunks is an error. */
export async function readAll(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!(value instanceof Uint8Array)) throw new TypeError('The body\'s stream gave a chunk that is not a Uint8Array');
    chunks.push(value as Uint8Array<ArrayBuffer>);
    length += value.length;
  }
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
