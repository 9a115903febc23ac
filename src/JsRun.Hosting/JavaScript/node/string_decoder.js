import decoder from 'string_decoder/';
import { Buffer } from './buffer.js';

/** Base64 without padding needs the same groups of three as base64. */
export function StringDecoder(encoding) {
  const url = typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
  const made = new decoder.StringDecoder(url ? 'base64' : encoding);
  Object.setPrototypeOf(made, new.target?.prototype ?? StringDecoder.prototype);
  for (const key of ['write', 'end']) {
    const method = made[key];
    const toText = (text) => url ? Buffer.from(text, 'base64').toString('base64url') : text;
    Object.defineProperty(made, key, {
      value: (chunk) => toText(Reflect.apply(method, made, [ArrayBuffer.isView(chunk) && !Buffer.isBuffer(chunk) ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : chunk])), writable: true, configurable: true,
    });
  }
  if (url) made.encoding = 'base64url';
  return made;
}
Object.setPrototypeOf(StringDecoder.prototype, decoder.StringDecoder.prototype);

export default { StringDecoder };
