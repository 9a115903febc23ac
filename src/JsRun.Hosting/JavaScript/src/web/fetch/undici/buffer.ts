// The few operations of Node's Buffer that undici's multipart and data URL code uses.
import { bytesToLatin1, latin1ToBytes } from '../../encoding/latin1.ts';
import { decodeUtf8, encodeUtf8 } from '../../encoding/utf8.ts';
import { forgivingDecode } from '../../html/base64.ts';

export class Buffer extends Uint8Array<ArrayBuffer> {
  static override from(value: any, encoding?: any): Buffer {
    if (typeof value !== 'string') return new Buffer(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength);
    const bytes = encoding === 'base64' ? forgivingDecode(value.replace(/[^A-Za-z0-9+/]/g, '')) : encoding === 'latin1' || encoding === 'binary' ? latin1ToBytes(value) : encodeUtf8(value);
    return bytes === undefined ? new Buffer(new ArrayBuffer(0)) : new Buffer(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, index) => byte === other[index]);
  }

  override indexOf(value: any, from = 0): number {
    if (typeof value === 'number') return super.indexOf(value, from);
    const what: Uint8Array = typeof value === 'string' ? encodeUtf8(value) : value;
    for (let at = super.indexOf(what[0]!, from); at >= 0 && at + what.length <= this.length; at = super.indexOf(what[0]!, at + 1)) {
      let matched = 1;
      while (matched < what.length && this[at + matched] === what[matched]) matched++;
      if (matched === what.length) return at;
    }
    return -1;
  }

  override includes(value: any, from?: number): boolean { return this.indexOf(value, from) >= 0; }

  override toString(encoding?: string): string {
    return encoding === 'ascii' || encoding === 'latin1' || encoding === 'binary' ? bytesToLatin1(this) : decodeUtf8(this);
  }
}
