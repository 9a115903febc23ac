// Fetch: what a body can be made of.
import { encodeUtf8 } from '../encoding/utf8.ts';
import { bytesOfBlob, isBlob } from '../file/blob.ts';
import { ReadableStream } from '../streams/streams.ts';
import { URLSearchParams } from '../url/url-search-params.ts';
import { Body } from './body.ts';
import { isFormData } from './form-data.ts';
import { encodeFormData } from './multipart-encoder.ts';

/** The body, and the content type that goes with it. */
export type Extracted = [body: Body, type: string | null];

export function extractBody(object: unknown, keepalive = false): Extracted {
  if (typeof object === 'string') return extractText(object);
  if (typeof object !== 'object' && typeof object !== 'function' || object === null) return extractText(`${object as string}`);
  if (object instanceof URLSearchParams) return [new Body(object.toString()), 'application/x-www-form-urlencoded;charset=UTF-8'];
  if (ArrayBuffer.isView(object)) return [new Body(new Uint8Array(object.buffer as ArrayBuffer, object.byteOffset, object.byteLength).slice()), null];
  if (object instanceof ArrayBuffer) return [new Body(new Uint8Array(object).slice()), null];
  if (isBlob(object)) return [new Body(bytesOfBlob(object)), object.type === '' ? null : object.type];
  if (isFormData(object)) {
    const { content, type } = encodeFormData(object);
    return [new Body(content), type];
  }
  return extractStream(object, keepalive);
}

function extractStream(object: object, keepalive: boolean): Extracted {
  if (object instanceof ReadableStream) {
    if (keepalive) throw new TypeError('A stream cannot be the body of a keepalive request');
    const body = new Body(object);
    if (body.unusable) throw new TypeError('The stream is locked or was read from: it cannot be a body');
    return [body, null];
  }
  if (typeof (object as AsyncIterable<unknown>)[Symbol.asyncIterator] !== 'function') return extractText(`${object as unknown as string}`);
  if (keepalive) throw new TypeError('A stream cannot be the body of a keepalive request');
  return [new Body(ReadableStream.from(encoded(object as AsyncIterable<unknown>))), null];
}

function extractText(text: string): Extracted { return [new Body(text.toWellFormed()), 'text/plain;charset=UTF-8']; }

/** Not in the standard, but what Node.js and Deno do: an asynchronous iterable is a body, its strings UTF-8. */
async function* encoded(chunks: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? encodeUtf8(chunk) : chunk;
}
