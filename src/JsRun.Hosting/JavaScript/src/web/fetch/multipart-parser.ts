// Fetch and RFC 7578: parses multipart/form-data as it comes, so that a body is never held twice.
import { decodeUtf8, encodeUtf8 } from '../encoding/utf8.ts';
import { File } from '../file/file.ts';
import { ByteSearch } from './byte-search.ts';
import type { Entry } from './form-data.ts';
import { Parts } from '../bodies/parts.ts';

const MOST_HEADER_BYTES = 16 * 1024;
const LONGEST_BOUNDARY = 70;
const endOfHeaders = new ByteSearch(encodeUtf8('\r\n\r\n'));

/** What the parser expects next. JavaScript's alone. */
const enum State { Preamble, Delimiter, Headers, Body, End }

interface Part { name: string; filename: string | undefined; type: string; pieces: Uint8Array<ArrayBuffer>[] }

export class MultipartParser {
  readonly entries: Entry[] = [];
  readonly #delimiter: ByteSearch;
  #state: State = State.Preamble;
  #part: Part | undefined;
  /** The bytes that have not been parsed completely. A line break stands before them, because the first delimiter may stand at the very beginning. */
  #rest: Uint8Array<ArrayBuffer> = encodeUtf8('\r\n');

  constructor(boundary: string) {
    if (boundary.length > LONGEST_BOUNDARY) throw malformed('its boundary is too long');
    this.#delimiter = new ByteSearch(encodeUtf8(`\r\n--${boundary}`));
  }

  write(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#state === State.End) return;
    const bytes = new Uint8Array(this.#rest.length + chunk.length);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.length);
    this.#rest = bytes;
    while (this.#step()) { /* until more is needed */ }
  }

  end(): void {
    if (this.#state !== State.End) throw malformed('it ends before its last boundary');
  }

  #step(): boolean {
    switch (this.#state) {
      case State.Preamble:
      case State.Body:
        return this.#toDelimiter();
      case State.Delimiter:
        return this.#afterDelimiter();
      case State.Headers:
        return this.#headers();
      default:
        return false;
    }
  }

  #toDelimiter(): boolean {
    const { length } = this.#delimiter;
    const at = this.#delimiter.find(this.#rest);
    // The delimiter may have begun in the last bytes.
    const end = at < 0 ? Math.max(this.#rest.length - length + 1, 0) : at;
    if (end > 0) this.#part?.pieces.push(this.#rest.subarray(0, end));
    this.#rest = this.#rest.subarray(at < 0 ? end : at + length);
    if (at < 0) return false;
    this.#finishPart();
    this.#state = State.Delimiter;
    return true;
  }

  #afterDelimiter(): boolean {
    const rest = this.#rest;
    let at = 0;
    if (rest[0] === 0x2d && rest[1] === 0x2d) {
      this.#state = State.End;
      this.#rest = new Uint8Array(0);
      return false;
    }
    while (rest[at] === 0x20 || rest[at] === 0x09) at++;
    if (rest.length < at + 2) {
      if (at > MOST_HEADER_BYTES) throw malformed('a boundary is followed by too much white space');
      return false;
    }
    if (rest[at] !== 0x0d || rest[at + 1] !== 0x0a) throw malformed('a boundary is followed by something else than a line break');
    // The line break stays: a part without headers has only the empty line.
    this.#rest = rest.subarray(at);
    this.#state = State.Headers;
    return true;
  }

  #headers(): boolean {
    const at = endOfHeaders.find(this.#rest);
    if (at > MOST_HEADER_BYTES || at < 0 && this.#rest.length > MOST_HEADER_BYTES) throw malformed('the headers of a part are too long');
    if (at < 0) return false;
    this.#part = parseHeaders(this.#rest.subarray(0, at));
    this.#rest = this.#rest.subarray(at + endOfHeaders.length);
    this.#state = State.Body;
    return true;
  }

  #finishPart(): void {
    const part = this.#part;
    this.#part = undefined;
    if (part === undefined) return;
    const { name, filename, type, pieces } = part;
    this.entries.push([name, filename === undefined ? decodeUtf8(new Parts(pieces).join()) : new File(pieces, filename, { type })]);
  }
}

/**
 * A backslash before a quotation mark escapes it (as Go and curl write it), unless the value ends there: browsers escape neither. The last group matches text that is not allowed.
 */
const parameter = /;[ \t]*(name|filename)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\"(?![ \t]*(?:;|$))|\\(?!"(?![ \t]*(?:;|$))))*)"[ \t]*([^;]*)|([^;"\s]*))/gi;
const unescape = (text: string) => text.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22|\\"/g, '"');

/** Header lines, each behind a line break. */
function parseHeaders(bytes: Uint8Array): Part {
  const part: Partial<Part> = { type: 'text/plain', pieces: [] };
  for (const line of decodeUtf8(bytes).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) {
      if (line !== '') throw malformed('a part has a line among its headers that is none');
      continue;
    }
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'content-type') part.type = value;
    if (name !== 'content-disposition') continue;
    if (!/^form-data(?:;|$)/i.test(value)) throw malformed('a part has a content disposition that is not form-data');
    for (const [, key, quoted, behind, bare] of value.matchAll(parameter)) {
      if (behind) throw malformed(`a part has a ${key} with something behind its quotation mark`);
      part[key!.toLowerCase() as 'name' | 'filename'] ??= unescape(quoted ?? bare!);
    }
  }
  if (part.name === undefined) throw malformed('a part has no name');
  return { filename: undefined, ...part } as Part;
}

const malformed = (why: string) => new TypeError(`The body is not valid multipart/form-data: ${why}`);
