// Streams in both directions: what comes in goes out in capitals, chunk by chunk, whatever its size.
import { methodNotAllowed } from './_lib/http.ts';
import type { EdgeFunction } from '@jsrun/types';

export default {
  fetch(request) {
    if (request.method !== 'POST' || request.body === null) {
      return methodNotAllowed('POST');
    }

    const shout = new TransformStream<string, string>({
      transform(chunk, controller) {
        controller.enqueue(chunk.toUpperCase());
      },
    });
    const body = request.body.pipeThrough(new TextDecoderStream()).pipeThrough(shout).pipeThrough(new TextEncoderStream());
    return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
  },
} satisfies EdgeFunction;
