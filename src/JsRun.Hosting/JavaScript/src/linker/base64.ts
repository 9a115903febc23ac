// Decodes the bytes of modules, which the host sends as base64: with V8's own decoder, if it has one.
import { whenLive } from '../kernel/when-live.ts';
import { apply } from './intrinsics.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const Bytes = Uint8Array;
let fromBase64: ((text: string) => Uint8Array<ArrayBuffer>) | undefined;
whenLive(() => { ({ fromBase64 } = Bytes as unknown as { fromBase64?: typeof fromBase64 }); });
const { charCodeAt } = String.prototype;

const codes = new Bytes(128);
for (let i = 0; i < ALPHABET.length; i++) codes[ALPHABET.charCodeAt(i)] = i;

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  if (fromBase64 !== undefined) return apply(fromBase64, Bytes, [text]);
  const { length } = text;
  const padding = text[length - 1] === '=' ? (text[length - 2] === '=' ? 2 : 1) : 0;
  const bytes = new Bytes(length / 4 * 3 - padding);
  for (let from = 0, to = 0; from < length; from += 4) {
    const bits = codeAt(text, from) << 18 | codeAt(text, from + 1) << 12 | codeAt(text, from + 2) << 6 | codeAt(text, from + 3);
    bytes[to++] = bits >> 16;
    bytes[to++] = bits >> 8;
    bytes[to++] = bits;
  }
  return bytes;
}

function codeAt(text: string, at: number): number { return codes[apply(charCodeAt, text, [at]) as number]!; }
