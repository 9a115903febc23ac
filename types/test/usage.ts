// Compiled, never run: what authors write must be accepted, and what does not exist in JsRun must not.
import type { Context, EdgeFunction, Env } from '../index.d.ts';

export default {
  async fetch(request, env, ctx) {
    const { id = 'nobody' } = ctx.params;
    ctx.waitUntil(fetch('https://example.com/log', { method: 'POST', body: JSON.stringify({ id, agent: navigator.userAgent }), signal: AbortSignal.timeout(1000) }));
    const found = new URLPattern({ pathname: '/users/:id' }).exec(request.url)?.pathname.groups.id;
    const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const signature: ArrayBuffer = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, new TextEncoder().encode(found));
    const text: string | undefined = env.GREETING;
    if (request.method === 'POST') return Response.json(await request.json(), { headers: { 'x-signature': new Uint8Array(signature).join() } });
    return new Response(request.body?.pipeThrough(new CompressionStream('gzip')) ?? text ?? null, { status: 200 });
  },
} satisfies EdgeFunction;

export const typed: EdgeFunction<{ TOKEN: string }, { id: string }> = {
  fetch: (_request, env, ctx) => new Response(`${env.TOKEN}${ctx.params.id}`),
};

export const personal: EdgeFunction = {
  fetch: (_request, _env, { user, clientAddress }) => user
    ? Response.json({ name: user.name, admin: user.roles.includes('admin'), subject: user.claims.sub, clientAddress })
    : new Response('Who are you?', { status: 401 }),
};

export async function streams(context: Context, env: Env): Promise<number> {
  const stream = new ReadableStream<number>({ pull(controller) { controller.enqueue(1); controller.close(); } });
  let sum = 0;
  for await (const chunk of stream) sum += chunk;
  const bytes: ReadableStream<Uint8Array> = new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 1024 });
  const reader = bytes.getReader({ mode: 'byob' });
  const { done, value } = await reader.read(new Uint8Array(8));
  addEventListener('unhandledrejection', (event) => { console.warn(event.reason, context.requestId, env.NAME); event.preventDefault(); });
  new PerformanceObserver((list) => { sum += list.getEntries().length; }).observe({ type: 'mark', buffered: true });
  const { port1 } = new MessageChannel();
  port1.onmessage = ({ data }) => { sum += data; };
  const { instance } = await WebAssembly.instantiateStreaming(fetch('https://example.com/a.wasm'));
  return done ? sum : value.length + instance.exports.count();
}

declare global {
  namespace JsRun { interface Ops { 'files.read'(path: string): string } }
}

export const content: string = JsRun.ops['files.read']!('/tmp/a');
export const answer: unknown = JsRun.ops.notify!(1, { a: [] });
// @ts-expect-error The op takes a string.
JsRun.ops['files.read'](1);
// @ts-expect-error Ops are the host's.
JsRun.ops.mine = () => 1;

// @ts-expect-error There is no document.
document.title = '';
// @ts-expect-error There is no window.
window.alert('');
// @ts-expect-error These are Node's.
process.exit(0);
// @ts-expect-error A function answers with a Response.
({ fetch: () => 'text' }) satisfies EdgeFunction;
// @ts-expect-error The values of `env` are read-only.
export const write = (env: Env) => { env.A = 'b'; };
