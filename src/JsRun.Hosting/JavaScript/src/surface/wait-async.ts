// Atomics.waitAsync: V8 ends a wait that times out by a task between entries, after which nothing has its reactions run. A timer behind it does.
import { awaitSettled } from '../kernel/awaited.ts';
import { apply, defineProperty, descriptorOf, settle } from '../kernel/intrinsics.ts';
import { startTimer, stopTimer } from '../web/html/timers.ts';

interface Wait { async: boolean; value: unknown }

/** What a timer can wait for; V8 ends no longer wait either before the process does. */
const LONGEST = 2 ** 31 - 1;
/** Between two looks at a wait that has not ended yet: V8's clock is another. */
const AGAIN = 4;

const { ceil, max } = Math;
const { toPrimitive } = Symbol;

export function finishWaits(): void {
  const { Atomics } = globalThis;
  const descriptor = Atomics && descriptorOf(Atomics, 'waitAsync');
  const native = descriptor?.value as ((...args: unknown[]) => Wait) | undefined;
  if (native === undefined) return;
  const { waitAsync } = {
    waitAsync(typedArray: unknown, index: unknown, value: unknown, timeout: unknown): Wait {
      let delay = NaN;
      // V8 converts it after the other arguments, and once.
      const number = { __proto__: null, [toPrimitive]: () => (delay = +(timeout as number)) };
      const wait = apply(native, Atomics, [typedArray, index, value, timeout === undefined ? timeout : number]) as Wait;
      if (wait.async) awaitSettled(wait.value);
      if (wait.async && delay < LONGEST) follow(wait.value, ceil(max(delay, 0)) + 1);
      return wait;
    },
  };
  defineProperty(Atomics, 'waitAsync', { __proto__: null, ...descriptor, value: waitAsync } as PropertyDescriptor);
}

function follow(promise: unknown, delay: number): void {
  let timer = 0;
  const look = (): void => { timer = startTimer(AGAIN, look); };
  const stop = (): void => { stopTimer(timer); };
  timer = startTimer(delay, look);
  settle(promise, stop, stop);
}
