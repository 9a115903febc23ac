// Converts between bytes and strings in which each code unit, 0 to 255, is one byte.

const { fromCharCode } = String;
const Words = Uint32Array;

/** Few enough arguments for any stack. */
const CHUNK = 8192;

/** Short strings are made of thirty-two bytes at a time, which is twice as fast as passing an array as arguments. Long strings would become trees of very many pieces that way. */
export function bytesToLatin1(b: Uint8Array): string {
  const { length } = b;
  let text = '';
  if (length > CHUNK) {
    for (let at = 0; at < length; at += CHUNK) text += Reflect.apply(fromCharCode, String, b.subarray(at, at + CHUNK)) as string;
    return text;
  }
  let i = 0;
  for (const end = length - 31; i < end; i += 32) {
    text += fromCharCode(
      b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!, b[i + 8]!, b[i + 9]!, b[i + 10]!, b[i + 11]!, b[i + 12]!, b[i + 13]!, b[i + 14]!, b[i + 15]!,
      b[i + 16]!, b[i + 17]!, b[i + 18]!, b[i + 19]!, b[i + 20]!, b[i + 21]!, b[i + 22]!, b[i + 23]!, b[i + 24]!, b[i + 25]!, b[i + 26]!, b[i + 27]!, b[i + 28]!, b[i + 29]!, b[i + 30]!, b[i + 31]!,
    );
  }
  for (; i < length; i++) text += fromCharCode(b[i]!);
  return text;
}

/** Checks four bytes at a time, if they are aligned, and if there are enough to be worth another view. */
export function isAscii(bytes: Uint8Array): boolean {
  const { length, byteOffset } = bytes;
  let all = 0;
  let i = 0;
  if (length >= 128 && (byteOffset & 3) === 0) {
    const words = new Words(bytes.buffer, byteOffset, length >> 2);
    for (; i < words.length; i++) all |= words[i]!;
    if ((all & 0x80808080) !== 0) return false;
    i *= 4;
    all = 0;
  }
  for (; i < length; i++) all |= bytes[i]!;
  return all < 0x80;
}

/** Returns undefined if a code unit is above 255. */
export function latin1ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) return undefined;
    bytes[i] = unit;
  }
  return bytes;
}
