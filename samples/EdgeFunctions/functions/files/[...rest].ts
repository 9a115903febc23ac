// Serves /files and everything below it.
import type { EdgeFunction } from '@jsrun/types';

export default {
  fetch(_request, _env, ctx) {
    const segments = ctx.params.rest === '' ? [] : ctx.params.rest.split('/');
    return Response.json({ rest: ctx.params.rest, depth: segments.length });
  },
} satisfies EdgeFunction;
