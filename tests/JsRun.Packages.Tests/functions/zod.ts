import { z } from 'zod';

const Order = z.object({
  id: z.uuid(),
  email: z.email(),
  lines: z.array(z.object({ sku: z.string().min(3), count: z.int().positive().default(1) })).nonempty(),
  placed: z.iso.datetime().transform((text) => new Date(text)),
  payment: z.discriminatedUnion('kind', [z.object({ kind: z.literal('card'), last4: z.string().regex(/^\d{4}$/) }), z.object({ kind: z.literal('invoice') })]),
});

export default {
  async fetch(request: Request) {
    const result = Order.safeParse(await request.json());
    return result.success
      ? Response.json({ total: result.data.lines.reduce((sum, line) => sum + line.count, 0), year: result.data.placed.getUTCFullYear() })
      : Response.json(z.flattenError(result.error), { status: 422 });
  },
};
