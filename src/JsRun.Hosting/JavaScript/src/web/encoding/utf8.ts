// UTF-8 for everyone: plain JavaScript for what is small, the host for what is large (a crossing costs about as much as 4 KB here).
import { utf8fromStringLoose, utf8toString, utf8toStringLoose } from '@exodus/bytes/utf8.js';
import { host } from '../../kernel/host.ts';
import { HostOp } from '../../kernel/ops.ts';
import { stage } from '../../kernel/transfer.ts';

const LARGE = 4096;

function decodeByHost(bytes: Uint8Array): string {
  stage(bytes);
  return host(HostOp.DecodeUtf8) as string;
}

export const encodeUtf8 = utf8fromStringLoose as (text: string) => Uint8Array<ArrayBuffer>;

/** Invalid sequences become U+FFFD; a byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  return bytes.length < LARGE ? utf8toStringLoose(bytes) : decodeByHost(bytes);
}

/** Throws a TypeError where a sequence is invalid. */
export const decodeUtf8Strictly = utf8toString;

/** As the Fetch standard reads text: a byte order mark is dropped. */
export function decodeUtf8Body(bytes: Uint8Array): string {
  const marked = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return decodeUtf8(marked ? bytes.subarray(3) : bytes);
}

/** The length of the text in UTF-8 without encoding it. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
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
