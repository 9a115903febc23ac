import { defineInterface } from '../webidl/interface.ts';
import { encodeUtf8 } from './utf8.ts';

export class TextEncoder {
  /** For the brand check of the getter, which has no state to read. */
  #encoding = 'utf-8';

  get encoding(): string { return this.#encoding; }

  encode(input: string = ''): Uint8Array<ArrayBuffer> {
    void this.#encoding;
    return encodeUtf8(`${input}`);
  }

  encodeInto(source: string, destination: Uint8Array): { read: number; written: number } {
    void this.#encoding;
    if (arguments.length < 2) throw new TypeError('TextEncoder.encodeInto: 2 arguments required');
    const text = `${source}`;
    if (!(destination instanceof Uint8Array)) throw new TypeError('TextEncoder.encodeInto: the destination is not a Uint8Array');
    return writeUtf8(text, destination);
  }
}
defineInterface(TextEncoder, 'TextEncoder');

function writeUtf8(text: string, to: Uint8Array): { read: number; written: number } {
  const room = to.length;
  let read = 0;
  let at = 0;
  while (read < text.length) {
    let point = text.codePointAt(read)!;
    const units = point > 0xffff ? 2 : 1;
    if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
    const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (at + size > room) break;
    if (size === 1) {
      to[at] = point;
    } else {
      for (let i = size - 1, rest = point; i > 0; i--, rest >>= 6) to[at + i] = 0x80 | rest & 0x3f;
      to[at] = (0xf00 >> size & 0xff) | point >> 6 * (size - 1);
    }
    at += size;
    read += units;
  }
  return { read, written: at };
}
