// Counts the promises that V8 itself will settle, of which the host does not know: compilations of WebAssembly, and Atomics.waitAsync.
import { settle } from './intrinsics.ts';

let awaited = 0;

/** Counts the promise until it has settled. */
export function awaitSettled(promise: unknown): void {
  awaited++;
  const end = () => { awaited--; };
  settle(promise, end, end);
}

export const isSomethingAwaited = (): boolean => awaited > 0;
