// node:buffer: feross/buffer, with what Node has added since.
import * as base from 'buffer';

export const { Buffer, INSPECT_MAX_BYTES, kMaxLength, SlowBuffer } = base;
export const kStringMaxLength = 536_870_888;
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength };
export const { Blob, File, atob, btoa } = globalThis;

const isUrl = (encoding) => typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
// feross/buffer reads both alphabets, and writes only the one.
const readable = (encoding) => isUrl(encoding) ? 'base64' : encoding;
const toUrl = (text) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const { from, alloc, byteLength, isEncoding } = Buffer;
const { toString, write, fill, indexOf, lastIndexOf, includes } = Buffer.prototype;

const define = (target, key, value) => { Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true }); };

define(Buffer, 'from', function (value, encoding, length) { return from.call(Buffer, value, readable(encoding), length); });
define(Buffer, 'alloc', function (size, fillWith, encoding) { return alloc.call(Buffer, size, fillWith, readable(encoding)); });
define(Buffer, 'byteLength', function (value, encoding) { return byteLength.call(Buffer, value, readable(encoding)); });
define(Buffer, 'isEncoding', function (encoding) { return isUrl(encoding) || isEncoding(encoding); });
define(Buffer, 'copyBytesFrom', function (view, offset = 0, length = view.length - offset) {
  const part = view.subarray(offset, offset + length);
  return Buffer.from(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
});
define(Buffer, 'of', function (...items) { return Buffer.from(items); });
Buffer.poolSize ??= 8192;
define(Buffer.prototype, 'toString', function (encoding, start, end) { return isUrl(encoding) ? toUrl(toString.call(this, 'base64', start, end)) : arguments.length === 0 ? toString.call(this) : toString.call(this, encoding, start, end); });
define(Buffer.prototype, 'toLocaleString', Buffer.prototype.toString);
define(Buffer.prototype, 'write', function (string, ...rest) { return write.call(this, string, ...rest.map(readable)); });
define(Buffer.prototype, 'fill', function (value, ...rest) { return fill.call(this, value, ...rest.map(readable)); });
for (const [name, method] of Object.entries({ indexOf, lastIndexOf, includes })) {
  define(Buffer.prototype, name, function (value, offset, encoding) { return isUrl(offset) ? method.call(this, value, readable(offset)) : method.call(this, value, offset, readable(encoding)); });
}
const { subarray } = Uint8Array.prototype;
define(Buffer.prototype, 'subarray', function (start, end) { return Object.setPrototypeOf(subarray.call(this, start, end), Buffer.prototype); });
for (const [encoding, name] of [['ascii'], ['base64'], ['base64url'], ['hex'], ['latin1'], ['ucs2'], ['utf8'], ['utf8', 'utf-8']].map(([e, n]) => [e, n ?? e])) {
  if (name !== encoding) continue;
  define(Buffer.prototype, `${name}Slice`, function (start, end) { return this.toString(encoding, start, end); });
  define(Buffer.prototype, `${name}Write`, function (string, offset, length) { return this.write(string, offset, length, encoding); });
}

export function isUtf8(input) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(input);
    return true;
  } catch {
    return false;
  }
}

export function isAscii(input) { return bytesOf(input).every((byte) => byte < 128); }

export function transcode(source, fromEncoding, toEncoding) { return Buffer.from(Buffer.from(source).toString(fromEncoding), toEncoding); }

export function resolveObjectURL() { return undefined; }

function bytesOf(input) { return ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input); }

export default { Buffer, SlowBuffer, INSPECT_MAX_BYTES, kMaxLength, kStringMaxLength, constants, Blob, File, atob, btoa, isUtf8, isAscii, transcode, resolveObjectURL };
