export declare class LegacyDecoder {
  constructor(label: string, options: { fatal: boolean; ignoreBOM: boolean });
  decode(input: Uint8Array | undefined, options?: { stream: boolean }): string;
}

/** In lower case; null where it is not known. */
export declare function normalizeEncoding(label: string): string | null;
