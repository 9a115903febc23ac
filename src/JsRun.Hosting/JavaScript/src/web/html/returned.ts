// The results of callbacks of timers, listeners and microtasks. If V8 does not report rejected promises, the promises that asynchronous callbacks return are watched here, because no other code has them.
import { getPrototypeOf, then } from '../../kernel/intrinsics.ts';
import { tracksRejections } from '../../kernel/native.ts';
import { tellUnhandled } from './rejections.ts';
import { queueTask } from './tasks.ts';

const asyncFunction = getPrototypeOf(async () => {});
const ignore = () => {};

export function returned(callback: object, result: unknown): void {
  if (tracksRejections || getPrototypeOf(callback) !== asyncFunction) return;
  try {
    void then(result as Promise<unknown>, ignore, (reason) => { queueTask(() => { tellUnhandled(result as Promise<unknown>, reason); }); });
  } catch { /* the callback only inherits from asynchronous functions, and returned no promise */ }
}
