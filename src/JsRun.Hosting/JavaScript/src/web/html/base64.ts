// HTML: atob and btoa. V8's own base64 is some fifty times faster than a loop; the loop stays for engines without it.
import { DOMException } from '../webidl/dom-exception.ts';
import { requireArguments } from '../webidl/interface.ts';
import { NativeUint8Array } from '../../kernel/intrinsics.ts';
import { whenLive } from '../../kernel/when-live.ts';
import { bytesToLatin1, latin1ToBytes } from '../encoding/latin1.ts';

type Base64 = { fromBase64?(text: string): Uint8Array };
let fromBase64: ((text: string) => Uint8Array) | undefined;
let toBase64: ((this: Uint8Array) => string) | undefined;
whenLive(() => {
  ({ fromBase64 } = NativeUint8Array as unknown as Base64);
  ({ toBase64 } = NativeUint8Array.prototype as unknown as { toBase64?(this: Uint8Array): string });
});
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function btoa(data: string): string {
  requireArguments(arguments.length, 1, 'btoa');
  const bytes = latin1ToBytes(`${data}`);
  if (bytes === undefined) throw new DOMException('btoa: the string contains characters outside of the Latin1 range', 'InvalidCharacterError');
  return toBase64 === undefined ? encode(bytes) : toBase64.call(bytes);
}

export function atob(data: string): string {
  requireArguments(arguments.length, 1, 'atob');
  const bytes = forgivingDecode(`${data}`);
  if (bytes === undefined) throw new DOMException('atob: the string to be decoded is not correctly encoded', 'InvalidCharacterError');
  return bytesToLatin1(bytes);
}

/** Infra's forgiving-base64 decode; undefined where it fails. */
export function forgivingDecode(data: string): Uint8Array | undefined {
  if (fromBase64 !== undefined) {
    // V8's decoder has the same rules: it skips white space, and padding may be missing but not wrong.
    try {
      return fromBase64.call(Uint8Array, data);
    } catch {
      return undefined;
    }
  }
  let text = data.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) return undefined;
  return decode(text);
}

function encode(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = bytes[i]! << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
    out += alphabet[bits >> 18]! + alphabet[bits >> 12 & 63]! + (i + 1 < bytes.length ? alphabet[bits >> 6 & 63]! : '=') + (i + 2 < bytes.length ? alphabet[bits & 63]! : '=');
  }
  return out;
}

function decode(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(text.length * 3 / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const character of text) {
    bits = bits << 6 | alphabet.indexOf(character);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = bits >> count & 255;
      bits &= (1 << count) - 1;
    }
  }
  return bytes;
}
