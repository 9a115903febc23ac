// Some libraries make their tables on first use, and keep a half-made table if the stack is exhausted meanwhile. So the stack is measured before.

/** More calls than making a table takes. */
const FRAMES = 500;

/** Throws a RangeError, as V8 does, unless there is stack left for some hundred calls. */
export function demandStack(): void { descend(FRAMES, 0, 0, 0); }

function descend(left: number, a: number, b: number, c: number): number {
  return left === 0 ? a + b + c : descend(left - 1, b, c, a) + 1;
}
