// Fetch: makes a body from the values that `new Response` and `new Request` accept.
import { encodeUtf8 } from '../encoding/utf8.ts';
import { bytesOfBlob, isBlob } from '../file/blob.ts';
import { ReadableStream } from '../streams/streams.ts';
import { URLSearchParams } from '../url/url-search-params.ts';
import { isMade } from '../webidl/interface.ts';
import { Body } from './body.ts';
import { isFormData } from './form-data.ts';
import { encodeFormData } from './multipart-encoder.ts';

/** The body and its content type. An object and not an array, because destructuring an array calls Array.prototype[Symbol.iterator], which user code can replace. */
export interface Extracted { readonly body: Body; readonly type: string | null }

export function extractBody(object: unknown, keepalive = false): Extracted {
  if (typeof object === 'string') return extractText(object);
  if (typeof object !== 'object' && typeof object !== 'function' || object === null) return extractText(`${object as string}`);
  if (isMade('URLSearchParams') && object instanceof URLSearchParams) return { body: new Body(object.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  if (ArrayBuffer.isView(object)) return { body: new Body(new Uint8Array(object.buffer as ArrayBuffer, object.byteOffset, object.byteLength).slice()), type: null };
  if (object instanceof ArrayBuffer) return { body: new Body(new Uint8Array(object).slice()), type: null };
  if (isMade('Blob') && isBlob(object)) return { body: new Body(bytesOfBlob(object)), type: object.type === '' ? null : object.type };
  if (isMade('FormData') && isFormData(object)) {
    const { content, type } = encodeFormData(object);
    return { body: new Body(content), type };
  }
  return extractStream(object, keepalive);
}

function extractStream(object: object, keepalive: boolean): Extracted {
  if (isMade('ReadableStream') && object instanceof ReadableStream) {
    if (keepalive) throw new TypeError('A stream cannot be the body of a keepalive request');
    const body = new Body(object);
    if (body.unusable) throw new TypeError('The stream is locked or was read from: it cannot be a body');
    return { body, type: null };
  }
  if (typeof (object as AsyncIterable<unknown>)[Symbol.asyncIterator] !== 'function') return extractText(`${object as unknown as string}`);
  if (keepalive) throw new TypeError('A stream cannot be the body of a keepalive request');
  return { body: new Body(ReadableStream.from(encoded(object as AsyncIterable<unknown>))), type: null };
}

function extractText(text: string): Extracted { return { body: new Body(text.toWellFormed()), type: 'text/plain;charset=UTF-8' }; }

/** Not in the standard, but as Node.js and Deno do it: an asynchronous iterable is a body, and its strings are encoded as UTF-8. */
async function* encoded(chunks: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? encodeUtf8(chunk) : chunk;
}
