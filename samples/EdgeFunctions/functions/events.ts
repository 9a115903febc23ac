// Server-sent events: try `new EventSource('/events')` in a browser, or curl -N.
import type { EdgeFunction } from '@jsrun/types';

const MOST = 60;

export default {
  fetch(request) {
    const encoder = new TextEncoder();
    let timer: ReturnType<typeof setInterval>;
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (): void => {
          controller.enqueue(encoder.encode(`id: ${++sent}\nevent: tick\ndata: ${JSON.stringify({ time: new Date().toISOString() })}\n\n`));
          if (sent === MOST) {
            clearInterval(timer);
            controller.close();
          }
        };
        timer = setInterval(send, 1000);
        send();
        request.signal.addEventListener('abort', () => clearInterval(timer));
      },
      cancel() {
        clearInterval(timer);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  },
} satisfies EdgeFunction;
