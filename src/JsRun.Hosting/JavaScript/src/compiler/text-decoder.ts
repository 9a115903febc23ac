// The compiler's isolate has no web APIs, and magic-string makes a TextDecoder when it is loaded (for source maps, which are never asked for: their text is ASCII).
const { fromCharCode } = String;

globalThis.TextDecoder ??= class {
  decode(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += fromCharCode(byte);
    return text;
  }
} as unknown as typeof TextDecoder;
