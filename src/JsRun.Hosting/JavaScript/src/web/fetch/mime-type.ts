// Fetch: the MIME type of a header list. Parsing one is rare, so undici's parser is evaluated when first used.
export interface MimeType { essence: string; parameters: Map<string, string>; text: string }

interface Util { extractMimeType(headers: object): Omit<MimeType, 'text'> | 'failure' }
interface DataUrl { serializeAMimeType(type: object): string }

/** Undefined where there is none, or none that is valid. */
export function mimeTypeOf(headers: object): MimeType | undefined {
  const type = (require('undici/lib/web/fetch/util.js') as Util).extractMimeType(headers);
  if (type === 'failure') return undefined;
  const { serializeAMimeType } = require('undici/lib/web/fetch/data-url.js') as DataUrl;
  return Object.assign(type, { text: serializeAMimeType(type) });
}
