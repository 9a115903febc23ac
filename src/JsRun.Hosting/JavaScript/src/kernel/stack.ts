// Libraries make tables when they are first used, and keep what is half made if the stack ends in their midst. So the stack is asked for before.

/** More than what making a table takes. */
const FRAMES = 500;

/** Throws a RangeError, as V8 does, unless there is stack left for some hundred calls. */
export function demandStack(): void { descend(FRAMES, 0, 0, 0); }

function descend(left: number, a: number, b: number, c: number): number {
  return left === 0 ? a + b + c : descend(left - 1, b, c, a) + 1;
}
