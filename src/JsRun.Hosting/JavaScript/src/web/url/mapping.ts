// Exact IDNA. Its table is large: all of it is lazy (lazy.mjs).
import { toASCII } from 'tr46';

export const mapToAscii = (domain: string, options: object): string | null => toASCII(domain, options);
