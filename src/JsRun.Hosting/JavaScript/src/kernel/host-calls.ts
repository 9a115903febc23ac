// Calls that the host answers later. It holds their inputs outside of V8's heap, so an instance has at most so many at a time; those beyond wait here.
import { perInstance } from './instances.ts';
import { list } from './intrinsics.ts';

/** The calls of an instance that the host has not answered yet, and those that wait until it has. */
export interface HostCalls { queue: (() => void)[]; calls: number; bytes: number }

const MOST_CALLS = 256;
const MOST_BYTES = 16 * 1024 * 1024;

/** Declares the calls of one kind, and returns the function that reads those of the current instance. */
export const hostCalls = (): () => HostCalls => perInstance((): HostCalls => ({ __proto__: null, queue: list<() => void>(), calls: 0, bytes: 0 }) as unknown as HostCalls);

/** Returns whether a call with so many bytes of input has to wait. */
export const mustWait = ({ calls, bytes }: HostCalls, size: number): boolean => calls >= MOST_CALLS || calls > 0 && bytes + size > MOST_BYTES;

/** Has the call made when others have been answered. */
export function enqueue(of: HostCalls, call: () => void): void { of.queue[of.queue.length] = call; }

/** The host answers a call later. */
export function begun(of: HostCalls, size: number): void {
  of.calls++;
  of.bytes += size;
}

/** The host has answered a call. */
export function ended(of: HostCalls, size: number): void {
  of.calls--;
  of.bytes -= size;
  const next = of.queue;
  if (next.length === 0) return;
  of.queue = list();
  // Those for which there is still too much input wait again, in the same order.
  for (let i = 0; i < next.length; i++) {
    if (mustWait(of, 0)) of.queue[of.queue.length] = next[i]!;
    else next[i]!();
  }
}
