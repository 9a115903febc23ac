// WebAssembly: a module of 65 bytes that computes the greatest common divisor.
import { problem } from './_lib/http.ts';
import type { EdgeFunction } from '@jsrun/types';

// (module (func (export "gcd") (param i32 i32) (result i32) (local i32)
//   (loop
//     (if (local.get 1) (then
//       (local.set 2 (i32.rem_u (local.get 0) (local.get 1)))
//       (local.set 0 (local.get 1))
//       (local.set 1 (local.get 2))
//       (br 1))))
//   (local.get 0)))
const code = Uint8Array.from(atob('AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2djZAAACiEBHwEBfwNAIAEEQCAAIAFwIQIgASEAIAIhAQwBCwsgAAs='), (char) => char.charCodeAt(0));

const { gcd } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports as { gcd(a: number, b: number): number };

export default {
  fetch(request) {
    const query = new URL(request.url).searchParams;
    const a = Number(query.get('a') ?? '1071');
    const b = Number(query.get('b') ?? '462');
    if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || a < 0 || b < 0 || a > 0x7fffffff || b > 0x7fffffff) {
      return problem(400, 'Give two whole numbers from 0 to 2147483647.');
    }

    return Response.json({ a, b, gcd: gcd(a, b) });
  },
} satisfies EdgeFunction;
