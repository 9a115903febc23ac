// A JSON API: GET lists what there is, POST takes an order and adds it up.
import catalog from '../_lib/catalog.json' with { type: 'json' };
import { methodNotAllowed, problem } from '../_lib/http.ts';
import type { EdgeFunction } from '@jsrun/types';

interface Line {
  item: keyof typeof catalog;
  quantity: number;
}

function isLine(value: unknown): value is Line {
  const line = value as Line | null;
  return typeof line === 'object' && line !== null && Object.hasOwn(catalog, line.item) && Number.isInteger(line.quantity) && line.quantity > 0;
}

async function order(request: Request): Promise<Response> {
  let lines: unknown;
  try {
    lines = await request.json();
  } catch {
    return problem(400, 'The body is not JSON.');
  }

  if (!Array.isArray(lines) || !lines.every(isLine)) {
    return problem(422, 'The order is not valid.', 'Send a list such as [{"item":"tea","quantity":2}]; GET lists the items.');
  }

  const cents = lines.reduce((sum, line) => sum + catalog[line.item].cents * line.quantity, 0);
  return Response.json({ id: crypto.randomUUID(), lines, cents }, { status: 201 });
}

export default {
  fetch(request) {
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return Response.json(catalog, { headers: { 'cache-control': 'public, max-age=60' } });
      case 'POST':
        return order(request);
      default:
        return methodNotAllowed('GET', 'HEAD', 'POST');
    }
  },
} satisfies EdgeFunction;
