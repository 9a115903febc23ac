// What V8 itself will set going, unknown to the host: compilations of WebAssembly, and waits for a memory.
import { settle } from './intrinsics.ts';

let awaited = 0;

/** Counts a promise of V8's until it has settled. */
export function awaitSettled(promise: unknown): void {
  awaited++;
  const end = () => { awaited--; };
  settle(promise, end, end);
}

export const isSomethingAwaited = (): boolean => awaited > 0;
