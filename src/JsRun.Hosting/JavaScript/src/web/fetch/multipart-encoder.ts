// Fetch: FormData as a multipart/form-data body.
import { bytesOfBlob } from '../file/blob.ts';
import { encodeUtf8 } from '../encoding/utf8.ts';
import { entriesOf, type FormData } from './form-data.ts';
import { Parts } from '../bodies/parts.ts';

/** Smaller forms are sent whole. */
const LARGE = 256 * 1024;

const normalizeLines = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');
const escape = (name: string) => name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');

export function encodeFormData(form: FormData): { content: Parts | Uint8Array<ArrayBuffer>; type: string } {
  const boundary = `----jsrun-form-${random()}${random()}`;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let text = '';
  for (const [name, value] of entriesOf(form)) {
    text += `--${boundary}\r\nContent-Disposition: form-data; name="${escape(normalizeLines(name))}"`;
    if (typeof value === 'string') {
      text += `\r\n\r\n${normalizeLines(value)}\r\n`;
    } else {
      pieces.push(encodeUtf8(`${text}; filename="${escape(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`), bytesOfBlob(value));
      text = '\r\n';
    }
  }
  pieces.push(encodeUtf8(`${text}--${boundary}--\r\n`));
  const parts = new Parts(pieces);
  return { content: parts.length > LARGE ? parts : parts.join(), type: `multipart/form-data; boundary=${boundary}` };
}

const random = (): string => Math.random().toString(36).slice(2);
