// Subresource Integrity: the response's body must have one of the digests that the request names. It is read whole before the response is given to the caller.
import { digestBase64 } from './digest.ts';
import type { AbortSignal } from '../dom/abort-signal.ts';
import { Body } from './body.ts';
import type { InnerResponse } from './response.ts';

const algorithms = ['sha256', 'sha384', 'sha512'] as const;
const member = /^(sha(?:256|384|512))-([A-Za-z0-9+/_-]+={0,2})(?:\?.*)?$/i;

interface Digest { strength: number; value: string }

/** The digests of the strongest algorithm; empty if the text names none, and then nothing is checked. */
function strongest(text: string): Digest[] {
  const digests: Digest[] = [];
  for (const token of text.split(/[\t\n\f\r ]+/)) {
    const [, name, value] = member.exec(token) ?? [];
    if (name === undefined) continue;
    digests.push({ strength: algorithms.indexOf(name.toLowerCase() as 'sha256'), value: normalize(value!) });
  }
  const most = Math.max(...digests.map(({ strength }) => strength));
  return digests.filter(({ strength }) => strength === most);
}

const normalize = (value: string) => value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');

export async function checkIntegrity(response: InnerResponse, text: string, signal: AbortSignal): Promise<void> {
  const wanted = strongest(text);
  if (wanted.length === 0) return;
  const bytes = (await response.body?.whole())?.bytes ?? new Uint8Array();
  signal.throwIfAborted();
  const actual = normalize(digestBase64(algorithms[wanted[0]!.strength]!, bytes));
  if (!wanted.some(({ value }) => value === actual)) throw new TypeError(`fetch failed: the body of ${response.url?.href ?? 'the response'} does not have the digest that the request's integrity asks for`);
  if (response.body !== null) response.body = new Body(bytes);
}
