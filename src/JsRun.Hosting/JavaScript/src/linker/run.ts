import { evaluate } from './evaluate.ts';
import { later, then } from './intrinsics.ts';
import { link } from './link.ts';
import type { ModuleRecord } from './record.ts';

/** Links, evaluates and tells the outcome. */
export function linkAndEvaluate(module: ModuleRecord, fulfilled: () => void, rejected: (error: unknown) => void): void {
  const start = () => then(evaluate(module), fulfilled, rejected);
  let async: boolean;
  try {
    async = link(module);
  } catch (error) {
    return rejected(error);
  }
  // An async generator reaches its first `yield` one microtask after it began; from there on its body starts at once, as it must.
  if (async) later(start);
  else start();
}
