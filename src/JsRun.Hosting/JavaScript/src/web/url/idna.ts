// URL: domain to ASCII. Exact IDNA needs a table of 240 KB, which is read with the first host that is not plain ASCII or holds punycode.
import { toASCII as mapToAscii } from 'tr46';

export function toASCII(domain: string, options: object): string | null {
  // For plain ASCII the mapping is lower-casing, and no check can fail unless a label begins as punycode does.
  if (/^[\x00-\x7f]*$/.test(domain)) {
    const lower = domain.toLowerCase();
    if (!lower.includes('xn--')) return lower;
  }
  return mapToAscii(domain, options);
}
