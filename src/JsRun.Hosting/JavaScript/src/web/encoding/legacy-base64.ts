// Decodes the tables of legacy encodings, which are base64url without padding, in the place of @exodus/bytes' own decoder (build.mjs): that looks for V8's on prototypes that user code can replace.
import { decodeBase64 } from '../../linker/base64.ts';

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  return decodeBase64(plain + '==='.slice(0, (4 - plain.length % 4) % 4));
}
