// URL: application/x-www-form-urlencoded. whatwg-url's parser works byte by byte; this one is fast for text that needs no decoding or encoding.
import { decodeUtf8, encodeUtf8 } from '../encoding/utf8.ts';

const plain = /^[\w*\-.]*$/;

export function parseUrlencodedString(input: string): [string, string][] {
  const pairs: [string, string][] = [];
  if (input === '') return pairs;
  for (const pair of input.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    pairs.push(equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))]);
  }
  return pairs;
}

export function serializeUrlencoded(pairs: Iterable<readonly [string, string]>): string {
  let output = '';
  for (const [name, value] of pairs) output += `${output === '' ? '' : '&'}${encode(name)}=${encode(value)}`;
  return output;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeUtf8(percentDecode(spaced)) : spaced.toWellFormed();
}

/** URL: percent-decode. Broken sequences stay. */
export function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const from = encodeUtf8(text);
  let length = 0;
  for (let i = 0; i < from.length; i++, length++) {
    const high = from[i] === 0x25 ? hexValue(from[i + 1]) : -1;
    const low = high < 0 ? -1 : hexValue(from[i + 2]);
    if (low < 0) {
      from[length] = from[i]!;
    } else {
      from[length] = high << 4 | low;
      i += 2;
    }
  }
  return from.subarray(0, length);
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function encode(text: string): string {
  if (plain.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+').replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
