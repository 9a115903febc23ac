// Everything that is not plain UTF-8: labels, legacy encodings and decoding in pieces. Its tables are 150 KB, so it is evaluated when first used.
interface Legacy {
  TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Decoder;
  normalizeEncoding(label: string): string | null;
}

export interface Decoder { readonly encoding: string; decode(input: Uint8Array | undefined, options?: { stream: boolean }): string }

let loaded: Legacy | undefined;

export function legacy(): Legacy { return loaded ??= require('@exodus/bytes/encoding.js') as Legacy; }
