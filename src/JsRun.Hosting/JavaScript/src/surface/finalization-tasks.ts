// FinalizationRegistry in the full surface. V8 calls it back between entries, where no limit holds, and when the context may have been disposed of. So its callbacks run in entries of their own.
import { apply, construct, NativeTypeError } from '../kernel/intrinsics.ts';
import { startTask } from '../web/html/timers.ts';
import { replaceConstructor } from './replace.ts';

export function finishFinalization(): void {
  const Original = (globalThis as { FinalizationRegistry?: unknown }).FinalizationRegistry as (abstract new (...args: never[]) => object) | undefined;
  if (typeof Original !== 'function') return;

  function FinalizationRegistry(this: unknown, cleanup: (held: unknown) => unknown): object {
    if (new.target === undefined) throw new NativeTypeError('Constructor FinalizationRegistry requires \'new\'');
    if (typeof cleanup !== 'function') throw new NativeTypeError('FinalizationRegistry: cleanup must be callable');
    const later = (held: unknown): void => {
      try {
        startTask(() => { apply(cleanup, undefined, [held]); });
      } catch { /* there is no room for it, or the context has gone: nothing of it runs any more */ }
    };
    return construct(Original!, [later as never], new.target) as object;
  }
  replaceConstructor(globalThis, Original as never, FinalizationRegistry);
}
