// Strings of code units 0 to 255, one a byte.

/** Few enough arguments for any stack. */
const CHUNK = 8192;

/** Spreading would go through the iterator. */
const fromBytes = (bytes: Uint8Array) => Reflect.apply(String.fromCharCode, String, bytes);

export function bytesToLatin1(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return fromBytes(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += fromBytes(bytes.subarray(at, at + CHUNK));
  return text;
}

/** Undefined where a code unit is above 255. */
export function latin1ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) return undefined;
    bytes[i] = unit;
  }
  return bytes;
}
