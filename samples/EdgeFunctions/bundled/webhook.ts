// A webhook that believes only what is signed, as GitHub signs: x-hub-signature-256 holds sha256=HMAC(secret, body). The HMAC comes from the npm package @noble/hashes.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { methodNotAllowed, problem } from '../functions/_lib/http.ts';
import type { EdgeFunction } from '@jsrun/types';

const PREFIX = 'sha256=';

function signatureOf(request: Request): Uint8Array | undefined {
  const header = request.headers.get('x-hub-signature-256') ?? '';
  return /^sha256=[0-9a-f]{64}$/i.test(header) ? hexToBytes(header.slice(PREFIX.length)) : undefined;
}

/** Takes the same time wherever the difference is, so that nobody can feel his way. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) {
    difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  }

  return difference === 0;
}

export default {
  async fetch(request, env, ctx) {
    if (request.method !== 'POST') {
      return methodNotAllowed('POST');
    }

    const body = new Uint8Array(await request.arrayBuffer());
    const signature = signatureOf(request);
    if (signature === undefined || !isEqual(signature, hmac(sha256, utf8ToBytes(env.WEBHOOK_SECRET), body))) {
      return problem(401, 'The signature is missing or wrong.', `Sign the body with the secret of JsRun:Env:WEBHOOK_SECRET and send it as x-hub-signature-256: ${PREFIX}...`);
    }

    // The sender gets its answer now; what the event leads to happens after it.
    ctx.waitUntil(handle(request.headers.get('x-github-event') ?? 'unknown', body));
    return new Response(null, { status: 202 });
  },
} satisfies EdgeFunction;

async function handle(event: string, body: Uint8Array): Promise<void> {
  console.log(`webhook: ${event} with ${body.length} bytes`);
}
