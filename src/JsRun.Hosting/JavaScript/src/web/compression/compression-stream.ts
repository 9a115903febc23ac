// Compression: CompressionStream and DecompressionStream.
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { CodecTransform } from './transform.ts';

/** The numbers of the host's CompressionFormat. */
const formats: Record<string, number> = { __proto__: null, gzip: 0, deflate: 1, 'deflate-raw': 2 } as never;

function formatOf(value: unknown, what: string): number {
  const name = `${value as string}`;
  const format = formats[name];
  if (format === undefined) throw new TypeError(`${what}: "${name}" is not a format; use "gzip", "deflate" or "deflate-raw"`);
  return format;
}

export class CompressionStream {
  #transform: CodecTransform;

  constructor(format: 'gzip' | 'deflate' | 'deflate-raw') {
    requireArguments(arguments.length, 1, 'CompressionStream');
    this.#transform = new CodecTransform(formatOf(format, 'CompressionStream'), true);
  }

  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}
defineInterface(CompressionStream, 'CompressionStream');

export class DecompressionStream {
  #transform: CodecTransform;

  constructor(format: 'gzip' | 'deflate' | 'deflate-raw') {
    requireArguments(arguments.length, 1, 'DecompressionStream');
    this.#transform = new CodecTransform(formatOf(format, 'DecompressionStream'), false);
  }

  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}
defineInterface(DecompressionStream, 'DecompressionStream');
