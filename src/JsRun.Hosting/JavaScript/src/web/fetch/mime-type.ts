// MIME Sniffing: parsing and serialising MIME types, and Fetch's extraction of one from a header list.
import { isToken } from './header-syntax.ts';
import type { HeaderList } from './header-list.ts';

export interface MimeType { essence: string; parameters: Map<string, string> }

const edges = /^[\t\n\r ]+|[\t\n\r ]+$/g;
const trailing = /[\t\n\r ]+$/;
const quotedCharacters = /^[\t\x20-\x7e\x80-\xff]*$/;

export function parseMimeType(input: string): MimeType | undefined {
  const text = input.replace(edges, '');
  const slash = text.indexOf('/');
  const type = text.slice(0, Math.max(slash, 0));
  const end = text.indexOf(';', slash);
  const subtype = text.slice(slash + 1, end < 0 ? text.length : end).replace(trailing, '');
  if (!isToken(type) || !isToken(subtype)) return undefined;
  const mime: MimeType = { essence: `${type}/${subtype}`.toLowerCase(), parameters: new Map() };
  if (end >= 0) parseParameters(text, end, mime.parameters);
  return mime;
}

function parseParameters(text: string, start: number, parameters: Map<string, string>): void {
  for (let at = start; at < text.length;) {
    at++;
    while (/[\t\n\r ]/.test(text[at] ?? '')) at++;
    let end = at;
    while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
    const name = text.slice(at, end).toLowerCase();
    at = end;
    if (text[at] !== '=') continue;
    at++;
    let value: string;
    if (text[at] === '"') {
      [value, at] = quotedString(text, at, true);
      // Text between the quotation mark and the next parameter is ignored.
      at = indexOrEnd(text, ';', at);
    } else {
      end = indexOrEnd(text, ';', at);
      value = text.slice(at, end).replace(trailing, '');
      at = end;
      if (value === '') continue;
    }
    if (isToken(name) && quotedCharacters.test(value) && !parameters.has(name)) parameters.set(name, value);
  }
}

function indexOrEnd(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

/** An HTTP quoted string that begins at an offset: its value, or its text, and where it ends. */
function quotedString(text: string, start: number, asValue: boolean): [string, number] {
  let value = '';
  let at = start + 1;
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      at++;
      break;
    }
    if (character !== '\\') value += character;
    else if (++at < text.length) value += text[at]!;
    else value += '\\';
  }
  return [asValue ? value : text.slice(start, at), Math.min(at, text.length)];
}

export function serializeMimeType({ essence, parameters }: MimeType): string {
  let text = essence;
  for (const [name, value] of parameters) text += `;${name}=${isToken(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
  return text;
}

/** The members of a header's value that stand between commas outside of quoted strings. */
function splitHeader(value: string): string[] {
  const members: string[] = [];
  let member = '';
  for (let at = 0; at < value.length;) {
    const character = value[at]!;
    if (character === '"') {
      const [text, end] = quotedString(value, at, false);
      member += text;
      at = end;
    } else {
      if (character === ',') {
        members.push(member);
        member = '';
      } else {
        member += character;
      }
      at++;
    }
  }
  members.push(member);
  return members;
}

/** Fetch: extract a MIME type. The last valid one counts; its charset may come from one of the same essence before it. */
export function mimeTypeOf(headers: HeaderList): MimeType | undefined {
  const value = headers.get('content-type');
  if (value === null) return undefined;
  let charset: string | undefined;
  let essence: string | undefined;
  let mime: MimeType | undefined;
  for (const member of splitHeader(value)) {
    const found = parseMimeType(member);
    if (found === undefined || found.essence === '*/*') continue;
    mime = found;
    if (mime.essence !== essence) {
      charset = mime.parameters.get('charset');
      essence = mime.essence;
    } else if (!mime.parameters.has('charset') && charset !== undefined) {
      mime.parameters.set('charset', charset);
    }
  }
  return mime;
}
