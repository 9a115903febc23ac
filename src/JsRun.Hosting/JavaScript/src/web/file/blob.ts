// File API: Blob. Its bytes are one array that only blobs hold; slices are views of it.
import { isSharedArrayBuffer } from '../../kernel/when-live.ts';
import { decodeUtf8Body, encodeUtf8 } from '../encoding/utf8.ts';
import { streamOfBytes } from '../streams/of-bytes.ts';
import type { ReadableStream } from '../streams/streams.ts';
import { defineInterface, dictionary } from '../webidl/interface.ts';

export interface BlobOptions { type?: string; endings?: 'transparent' | 'native' }

/** The bytes of a blob, not to be changed. */
export let bytesOfBlob: (blob: Blob) => Uint8Array<ArrayBuffer>;
export let isBlob: (value: unknown) => value is Blob;
/** The caller must not use the bytes any more; the type is not normalized. */
export let ofBytes: (bytes: Uint8Array<ArrayBuffer>, type: string) => Blob;

export class Blob {
  #bytes: Uint8Array<ArrayBuffer>;
  #type: string;

  constructor(parts: Iterable<unknown> | undefined = undefined, options: BlobOptions | undefined = undefined) {
    const all: (string | object)[] = [];
    // Converted one by one while iterating: a conversion may change what comes after it.
    if (parts !== undefined) for (const part of iterable(parts)) all.push(partOf(part));
    const given = dictionary(options, 'Blob: options');
    const native = endingsOf(given.endings) === 'native';
    const { type } = given;
    this.#type = type === undefined ? '' : typeOf(type as string);
    this.#bytes = concat(all.map((part) => bytesOf(part, native)));
  }

  static {
    isBlob = (value): value is Blob => typeof value === 'object' && value !== null && #bytes in value;
    bytesOfBlob = (blob) => blob.#bytes;
    ofBytes = (bytes, type) => {
      const blob = new Blob();
      blob.#bytes = bytes;
      blob.#type = type;
      return blob;
    };
  }

  get size(): number { return this.#bytes.length; }
  get type(): string { return this.#type; }

  slice(start: number = 0, end: number | undefined = undefined, contentType: string = ''): Blob {
    const bytes = this.#bytes;
    const from = clamp(start, bytes.length);
    const to = end === undefined ? bytes.length : clamp(end, bytes.length);
    return ofBytes(bytes.subarray(from, Math.max(from, to)), typeOf(contentType));
  }

  stream(): ReadableStream<Uint8Array> { return streamOfBytes(this.#bytes); }

  async text(): Promise<string> { return decodeUtf8Body(this.#bytes); }
  async arrayBuffer(): Promise<ArrayBuffer> { return this.#bytes.slice().buffer; }
  async bytes(): Promise<Uint8Array<ArrayBuffer>> { return this.#bytes.slice(); }
}
defineInterface(Blob, 'Blob');

function iterable(parts: unknown): Iterable<unknown> {
  if (parts === null || typeof parts !== 'object' && typeof parts !== 'function') throw new TypeError('Blob: the parts are not a sequence');
  return parts as Iterable<unknown>;
}

function partOf(part: unknown): string | object {
  return ArrayBuffer.isView(part) || isBuffer(part) || isBlob(part) ? part : `${part as string}`;
}

function bytesOf(part: string | object, native: boolean): Uint8Array {
  if (typeof part === 'string') return encodeUtf8(native ? part.replace(/\r\n?|\n/g, '\n') : part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  return isBlob(part) ? bytesOfBlob(part) : new Uint8Array(part as ArrayBuffer);
}

function isBuffer(value: unknown): value is ArrayBuffer {
  return value instanceof ArrayBuffer || isSharedArrayBuffer(value);
}

function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function endingsOf(value: unknown): string {
  const endings = value === undefined ? 'transparent' : `${value as string}`;
  if (endings !== 'transparent' && endings !== 'native') throw new TypeError(`Blob: "${endings}" is not a value of endings`);
  return endings;
}

/** The type in lower case, or an empty text if it has characters that are not printable ASCII. */
export function typeOf(value: string): string {
  const type = `${value}`;
  return /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
}

/** A [Clamp] long long, which rounds halves to even, as an offset. */
function clamp(value: number, length: number): number {
  const number = Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number(value) || 0));
  const rounded = Math.round(number);
  const at = Math.abs(number % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
  return at < 0 ? Math.max(length + at, 0) : Math.min(at, length);
}
