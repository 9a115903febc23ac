// Fetch: FormData as a body, both ways. Blobs hold their bytes, so an encoded form is always whole.
import { bytesOfBlob } from '../file/blob.ts';
import type { File } from '../file/file.ts';
import { decodeUtf8, encodeUtf8 } from '../encoding/utf8.ts';
import { parseUrlencodedString } from '../url/urlencoded.ts';
import { FormData, setFormDataState } from './form-data.ts';
import type { MimeType } from './mime-type.ts';

interface Parser { multipartFormDataParser(bytes: Uint8Array, type: MimeType): unknown[] }

const escapeName = (name: string) => normalizeLines(name).replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
const escapeFilename = (name: string) => name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
const normalizeLines = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');

export function encodeFormData(form: FormData): { bytes: Uint8Array<ArrayBuffer>; type: string } {
  const boundary = `----jsrun-form-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
  const parts: Uint8Array[] = [];
  for (const [name, value] of form as Iterable<[string, string | File]>) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === 'string') {
      parts.push(encodeUtf8(`${head}\r\n\r\n${normalizeLines(value)}\r\n`));
    } else {
      parts.push(encodeUtf8(`${head}; filename="${escapeFilename(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`), bytesOfBlob(value), encodeUtf8('\r\n'));
    }
  }
  parts.push(encodeUtf8(`--${boundary}--\r\n`));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, type: `multipart/form-data; boundary=${boundary}` };
}

export function parseFormData(bytes: Uint8Array, type: MimeType | undefined): FormData {
  const form = new FormData();
  if (type?.essence === 'multipart/form-data') {
    const { Buffer } = require('./undici/buffer.ts') as { Buffer: { from(bytes: Uint8Array): Uint8Array } };
    const { multipartFormDataParser } = require('undici/lib/web/fetch/formdata-parser.js') as Parser;
    setFormDataState(form, multipartFormDataParser(Buffer.from(bytes), type));
  } else if (type?.essence === 'application/x-www-form-urlencoded') {
    for (const [name, value] of parseUrlencodedString(decodeUtf8(bytes))) form.append(name, value);
  } else {
    throw new TypeError(`The body is no form: its content type is ${type === undefined ? 'missing or invalid' : `"${type.essence}"`} instead of multipart/form-data or application/x-www-form-urlencoded`);
  }
  return form;
}
