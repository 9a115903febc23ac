// A stream: each chunk is made when the reader has room for it, so a slow reader slows it down and one that leaves ends it.
import type { EdgeFunction } from '@jsrun/types';

function* primes(count: number): Generator<number> {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) {
      found.push(n);
      yield n;
    }
  }
}

export default {
  fetch(request) {
    const count = Math.min(Number(new URL(request.url).searchParams.get('count') ?? '100') || 0, 5000);
    const numbers = primes(count);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = numbers.next();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(encoder.encode(`${value}\n`));
        }
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
  },
} satisfies EdgeFunction;
