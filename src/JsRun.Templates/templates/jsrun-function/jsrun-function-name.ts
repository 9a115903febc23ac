import type { EdgeFunction } from '@jsrun/types';

export default {
  async fetch(request, env, ctx) {
    return Response.json({ method: request.method, url: request.url, params: ctx.params });
  },
} satisfies EdgeFunction;
