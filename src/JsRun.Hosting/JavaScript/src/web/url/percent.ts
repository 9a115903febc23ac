// URL: percent-encode after encoding, for UTF-8, the only encoding there is without documents.
import { encodeUtf8 } from '../encoding/utf8.ts';

const hex: string[] = [];
for (let byte = 0; byte < 256; byte++) hex[byte] = `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;

export function percentEncodeAfterEncoding(_encoding: string, input: string, extra: string, spaceAsPlus = false): string {
  let output = '';
  for (const byte of encodeUtf8(input)) {
    const character = String.fromCharCode(byte);
    if (spaceAsPlus && byte === 0x20) output += '+';
    else output += byte < 0x20 || byte > 0x7e || extra.includes(character) ? hex[byte]! : character;
  }
  return output;
}
