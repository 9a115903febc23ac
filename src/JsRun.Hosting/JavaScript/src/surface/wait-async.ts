// Atomics.waitAsync: V8 ends a wait that times out between entries, and then nothing runs the reactions of its promise. A timer that is due shortly after the wait makes an entry that does.
import { awaitSettled } from '../kernel/awaited.ts';
import { apply, defineProperty, descriptorOf, settle } from '../kernel/intrinsics.ts';
import { startTimer, stopTimer } from '../web/html/timers.ts';

interface Wait { async: boolean; value: unknown }

/** The longest delay of a timer, about 25 days; a longer wait has none. */
const LONGEST = 2 ** 31 - 1;
/** The delay until the next timer, if the wait has not ended yet because V8's clock differs. */
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
  const wait = (): void => { timer = startTimer(AGAIN, wait); };
  const stop = (): void => { stopTimer(timer); };
  timer = startTimer(delay, wait);
  settle(promise, stop, stop);
}
