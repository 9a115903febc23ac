// The smallest function. `env` holds the values of JsRun:Env.
import type { EdgeFunction } from '@jsrun/types';

export default {
  fetch(request, env) {
    const name = new URL(request.url).searchParams.get('name') ?? 'World';
    return new Response(`${env.GREETING ?? 'Hello'} ${name}\n`);
  },
} satisfies EdgeFunction;
