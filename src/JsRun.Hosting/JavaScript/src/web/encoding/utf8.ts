// UTF-8: JavaScript encodes and decodes small texts, the host large ones (a crossing costs about as much as 2 KB here).
// While an image is built there is no host, so everything is done here: React encodes its scripts at the top level.
import { utf8toString, utf8toStringLoose } from '@exodus/bytes/utf8.js';
import { host } from '../../kernel/host.ts';
import { byteLengthOf, charCodeAt, NativeUint8Array, setBytes, slice } from '../../kernel/intrinsics.ts';
import { live } from '../../kernel/when-live.ts';
import { HostOp } from '../../kernel/ops.ts';
import { offer, openTransfer, receiveAt, stage, TRANSFER_SIZE } from '../../kernel/transfer.ts';
import { bytesToLatin1, isAscii } from './latin1.ts';

const LARGE = 2048;
/** The number of code units that always fit into the transfer buffer. */
const PIECE = Math.floor(TRANSFER_SIZE / 3);

/** Calls nothing that user code can replace. */
export function decodeByHost(bytes: Uint8Array): string {
  const size = byteLengthOf(bytes);
  openTransfer();
  if (size > TRANSFER_SIZE) stage(bytes);
  else offer(bytes, 0);
  return host(HostOp.DecodeUtf8, size > TRANSFER_SIZE ? 0 : size) as string;
}

function encodeByHost(text: string): Uint8Array<ArrayBuffer> {
  openTransfer();
  // Most text is ASCII, and then this is the right size.
  let bytes: Uint8Array<ArrayBuffer> = new NativeUint8Array(text.length);
  let length = 0;
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + PIECE);
    // A pair stays together.
    if (to < text.length && (charCodeAt(text, to - 1) & 0xfc00) === 0xd800) to--;
    const size = host(HostOp.EncodeUtf8, slice(text, from, to)) as number;
    if (length + size > bytes.length) {
      const larger = new NativeUint8Array(length + size + (text.length - to) * 3);
      setBytes(larger, bytes.subarray(0, length), 0);
      bytes = larger;
    }
    receiveAt(bytes, length, size);
    length += size;
    from = to;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const { length } = text;
  if (length >= LARGE && live) return encodeByHost(text);
  const ascii = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return encodeFrom(text, i, ascii);
    ascii[i] = unit;
  }
  return ascii;
}

/** Encodes the rest of a text that is not ASCII. Its length is computed first, so that the array has the right size. */
function encodeFrom(text: string, from: number, ascii: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = text;
  const bytes = new Uint8Array(from + utf8Length(text, from));
  bytes.set(ascii.subarray(0, from));
  for (let i = from, at = from; i < length; i++) {
    let unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | unit >> 6;
      bytes[at++] = 0x80 | unit & 0x3f;
    } else {
      if (unit >= 0xd800 && unit < 0xe000) {
        const low = unit < 0xdc00 ? text.charCodeAt(i + 1) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
          const point = (unit - 0xd800 << 10) + (low - 0xdc00) + 0x10000;
          bytes[at++] = 0xf0 | point >> 18;
          bytes[at++] = 0x80 | point >> 12 & 0x3f;
          bytes[at++] = 0x80 | point >> 6 & 0x3f;
          bytes[at++] = 0x80 | point & 0x3f;
          i++;
          continue;
        }
        unit = 0xfffd;
      }
      bytes[at++] = 0xe0 | unit >> 12;
      bytes[at++] = 0x80 | unit >> 6 & 0x3f;
      bytes[at++] = 0x80 | unit & 0x3f;
    }
  }
  return bytes;
}

/** Invalid sequences become U+FFFD; a byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.length >= LARGE && live) return decodeByHost(bytes);
  return isAscii(bytes) ? bytesToLatin1(bytes) : utf8toStringLoose(bytes);
}

/** Throws a TypeError if a sequence is invalid. */
export const decodeUtf8Strictly = (bytes: Uint8Array): string => (bytes.length < LARGE && isAscii(bytes) ? bytesToLatin1(bytes) : utf8toString(bytes));

/** Decodes as the Fetch standard reads text: a byte order mark is left out. */
export function decodeUtf8Body(bytes: Uint8Array): string {
  const marked = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return decodeUtf8(marked ? bytes.subarray(3) : bytes);
}

/** The length of the text in UTF-8, from an offset on, without encoding it. */
export function utf8Length(text: string, from = 0): number {
  let length = text.length - from;
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // A pair is four bytes for two code units; a lone surrogate is U+FFFD, three bytes.
    if (unit >= 0xd800 && unit < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) i++;
    }
  }
  return length;
}
