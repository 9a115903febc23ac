import type { EdgeFunction } from '@jsrun/types';

export default {
  fetch(request, env, ctx) {
    console.log('saying hello to', ctx.params.name);
    return Response.json({ message: `${env.GREETING}, ${ctx.params.name}!` });
  },
} satisfies EdgeFunction;
