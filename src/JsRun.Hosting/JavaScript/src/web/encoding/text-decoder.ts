import { isSharedArrayBuffer } from '../../kernel/when-live.ts';
import { demandStack } from '../../kernel/stack.ts';
import { defineInterface, dictionary } from '../webidl/interface.ts';
import { LegacyDecoder, normalizeEncoding } from './legacy.js';
import { decodeUtf8, decodeUtf8Strictly } from './utf8.ts';

export class TextDecoder {
  #encoding: string;
  #fatal: boolean;
  #ignoreBOM: boolean;
  /** Made for everything but whole, plain UTF-8. */
  #decoder: LegacyDecoder | undefined;

  constructor(label: string = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } | undefined = undefined) {
    const { fatal, ignoreBOM } = dictionary(options, 'TextDecoder: options');
    this.#encoding = encodingOf(`${label}`);
    this.#fatal = !!fatal;
    this.#ignoreBOM = !!ignoreBOM;
  }

  get encoding(): string { return this.#encoding; }
  get fatal(): boolean { return this.#fatal; }
  get ignoreBOM(): boolean { return this.#ignoreBOM; }

  decode(input: ArrayBufferView | ArrayBufferLike | undefined = undefined, options: { stream?: boolean } | undefined = undefined): string {
    const { stream } = dictionary(options, 'TextDecoder.decode: options');
    const bytes = input === undefined ? new Uint8Array() : toBytes(input);
    if (stream || this.#decoder !== undefined || this.#encoding !== 'utf-8') {
      // The tables of an encoding may be made when certain bytes are first decoded, and not with the first call.
      if (this.#encoding !== 'utf-8') demandStack();
      this.#decoder ??= new LegacyDecoder(this.#encoding, { fatal: this.#fatal, ignoreBOM: this.#ignoreBOM });
      return this.#decoder.decode(bytes, { stream: !!stream });
    }
    const marked = !this.#ignoreBOM && bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const text = marked ? bytes.subarray(3) : bytes;
    return this.#fatal ? decodeUtf8Strictly(text) : decodeUtf8(text);
  }
}
defineInterface(TextDecoder, 'TextDecoder');

function encodingOf(label: string): string {
  if (label === 'utf-8' || label === 'utf8') return 'utf-8';
  const encoding = normalizeEncoding(label);
  if (encoding === null || encoding === 'replacement') throw new RangeError(`TextDecoder: the encoding label "${label}" is not known`);
  return encoding;
}

/** The bytes of a buffer or of any view; a detached one has none. */
export function toBytes(input: unknown): Uint8Array {
  if (ArrayBuffer.isView(input)) return input instanceof Uint8Array ? input : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || isSharedArrayBuffer(input)) {
    return (input as { detached?: boolean }).detached ? new Uint8Array() : new Uint8Array(input);
  }
  throw new TypeError('The input is neither a buffer nor a view of one');
}
