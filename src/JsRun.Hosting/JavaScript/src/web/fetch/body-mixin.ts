// Stands in for undici's body.js: the Body mixin over our own bodies, and what undici's classes ask of that module.
import { encodeUtf8 } from '../encoding/utf8.ts';
import { Blob, bytesOfBlob, isBlob } from '../file/blob.ts';
import { ReadableStream } from '../streams/streams.ts';
import { URLSearchParams } from '../url/url-search-params.ts';
import { Body } from './body.ts';
import { FormData } from './form-data.ts';
import { encodeFormData, parseFormData } from './form-data-body.ts';
import { mimeTypeOf } from './mime-type.ts';

/** undici leaves the body of a new response out. */
interface State { body?: Body | null; headersList: object }
type StateOf = (value: unknown) => State;

export function extractBody(object: unknown, keepalive = false): [Body, string | null] {
  if (typeof object === 'string') return [new Body(object), 'text/plain;charset=UTF-8'];
  if (object instanceof URLSearchParams) return [new Body(object.toString()), 'application/x-www-form-urlencoded;charset=UTF-8'];
  if (ArrayBuffer.isView(object)) return [new Body(new Uint8Array(object.buffer as ArrayBuffer, object.byteOffset, object.byteLength).slice()), null];
  if (object instanceof ArrayBuffer) return [new Body(new Uint8Array(object).slice()), null];
  if (isBlob(object)) return [new Body(bytesOfBlob(object)), object.type === '' ? null : object.type];
  if (object instanceof FormData) {
    const { bytes, type } = encodeFormData(object);
    return [new Body(bytes), type];
  }
  if (keepalive) throw new TypeError('A stream cannot be the body of a keepalive request');
  if (object instanceof ReadableStream) {
    const body = new Body(object);
    if (body.unusable) throw new TypeError('The stream is locked or was read from: it cannot be a body');
    return [body, null];
  }
  return [new Body(ReadableStream.from(encoded(object as AsyncIterable<unknown>))), null];
}

/** Not in the standard, but what Node.js and Deno do: an asynchronous iterable is a body, its strings UTF-8. */
async function* encoded(chunks: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? encodeUtf8(chunk) : chunk;
}

export const cloneBody = (body: Body): Body => body.clone();
export const moveBody = (body: Body): Body => body.move();
export const bodyUnusable = (state: State): boolean => state.body?.unusable ?? false;

/** The body, usable; undefined where there is none. */
function usable(state: State): Body | undefined {
  const { body } = state;
  if (body === null || body === undefined) return undefined;
  if (body.unusable) throw new TypeError('Body is unusable: it was already read, or its stream is locked');
  return body;
}

export function mixinBody(target: { prototype: object }, stateOf: StateOf): void {
  const methods = {
    async arrayBuffer() { return (await usable(stateOf(this))?.bytes() ?? new Uint8Array()).buffer; },
    async bytes() { return await usable(stateOf(this))?.bytes() ?? new Uint8Array(); },
    async text() { return await usable(stateOf(this))?.text() ?? ''; },
    async json() { return JSON.parse(await usable(stateOf(this))?.text() ?? '') as unknown; },
    async blob() {
      const state = stateOf(this);
      const bytes = await usable(state)?.bytes() ?? new Uint8Array();
      return new Blob([bytes], { type: mimeTypeOf(state.headersList)?.text ?? '' });
    },
    async formData() {
      const state = stateOf(this);
      const bytes = await usable(state)?.bytes() ?? new Uint8Array();
      return parseFormData(bytes, mimeTypeOf(state.headersList));
    },
  };
  Object.assign(target.prototype, methods);
  const getters = {
    get body() { return stateOf(this).body?.stream ?? null; },
    get bodyUsed() { return stateOf(this).body?.used ?? false; },
  };
  Object.defineProperties(target.prototype, Object.getOwnPropertyDescriptors(getters));
}
