// A webhook that believes only what is signed, as GitHub signs: x-hub-signature-256 holds sha256=HMAC(secret, body).
import { methodNotAllowed, problem } from './_lib/http.ts';
import type { EdgeFunction } from '@jsrun/types';

const PREFIX = 'sha256=';
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

function signatureOf(request: Request): Uint8Array<ArrayBuffer> | undefined {
  const header = request.headers.get('x-hub-signature-256') ?? '';
  return /^sha256=[0-9a-f]{64}$/i.test(header) ? Uint8Array.from({ length: 32 }, (_, i) => parseInt(header.slice(PREFIX.length + i * 2, PREFIX.length + i * 2 + 2), 16)) : undefined;
}

export default {
  async fetch(request, env, ctx) {
    if (request.method !== 'POST') {
      return methodNotAllowed('POST');
    }

    const body = await request.arrayBuffer();
    const signature = signatureOf(request);
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(env.WEBHOOK_SECRET), HMAC, false, ['verify']);
    if (signature === undefined || !await crypto.subtle.verify(HMAC, key, signature, body)) {
      return problem(401, 'The signature is missing or wrong.', `Sign the body with the secret of JsRun:Env:WEBHOOK_SECRET and send it as x-hub-signature-256: ${PREFIX}...`);
    }

    // The sender gets its answer now; what the event leads to happens after it.
    ctx.waitUntil(handle(request.headers.get('x-github-event') ?? 'unknown', body));
    return new Response(null, { status: 202 });
  },
} satisfies EdgeFunction;

async function handle(event: string, body: ArrayBuffer): Promise<void> {
  console.log(`webhook: ${event} with ${body.byteLength} bytes`);
}
