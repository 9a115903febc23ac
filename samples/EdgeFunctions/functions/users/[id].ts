// Serves /users/{id}: what stands in brackets is a parameter.
import type { EdgeFunction } from '@jsrun/types';

export default {
  fetch(_request, _env, ctx) {
    return Response.json({ id: ctx.params.id, requestId: ctx.requestId });
  },
} satisfies EdgeFunction;
