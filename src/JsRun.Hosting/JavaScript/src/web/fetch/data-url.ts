// Fetch: data: URLs.
import { bytesToLatin1 } from '../encoding/latin1.ts';
import { percentDecode } from '../url/urlencoded.ts';
import { forgivingDecode } from '../html/base64.ts';
import { type MimeType, parseMimeType } from './mime-type.ts';

const base64 = /; *base64$/i;
const spaces = /^[\t\n\f\r ]+|[\t\n\f\r ]+$/g;

/** What the URL, without its fragment, holds; undefined where it is not valid. */
export function readDataUrl(href: string): { type: MimeType; bytes: Uint8Array<ArrayBuffer> } | undefined {
  const comma = href.indexOf(',');
  if (comma < 0) return undefined;
  let text = href.slice('data:'.length, comma).replace(spaces, '');
  let bytes = percentDecode(href.slice(comma + 1));
  if (base64.test(text)) {
    const decoded = forgivingDecode(bytesToLatin1(bytes));
    if (decoded === undefined) return undefined;
    bytes = decoded as Uint8Array<ArrayBuffer>;
    text = text.replace(base64, '');
  }
  if (text.startsWith(';')) text = `text/plain${text}`;
  return { type: parseMimeType(text) ?? parseMimeType('text/plain;charset=US-ASCII')!, bytes };
}
