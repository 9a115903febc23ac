// The compiler's isolate has no web APIs, but magic-string makes a TextDecoder when it is loaded. It would use it for source maps, which JsRun does not make.
const { fromCharCode } = String;

globalThis.TextDecoder ??= class {
  decode(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += fromCharCode(byte);
    return text;
  }
} as unknown as typeof TextDecoder;
