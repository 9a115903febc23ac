import { type Caller, withCaller } from '../kernel/caller.ts';
import { evaluate } from './evaluate.ts';
import { later, then } from './intrinsics.ts';
import { link } from './link.ts';
import { type ModuleRecord, Status } from './record.ts';

/** Links, evaluates and tells the outcome. */
export function linkAndEvaluate(module: ModuleRecord, fulfilled: () => void, rejected: (error: unknown) => void, caller?: Caller): void {
  const start = () => then(evaluate(module), fulfilled, rejected);
  let async: boolean;
  try {
    async = link(module);
  } catch (error) {
    // The linker's own, and nobody's of the author.
    return rejected(caller === undefined ? error : withCaller(error, caller));
  }
  // An async generator reaches its first `yield` one microtask after it began; from there on its body starts at once, as it must.
  if (async) later(start);
  else start();
}

/** The same, but where nothing awaits, the outcome is told before this returns: within a host function's call no microtask runs. */
export function linkAndEvaluateAtOnce(module: ModuleRecord, fulfilled: () => void, rejected: (error: unknown) => void): void {
  let told = false;
  const once = (tell: () => void): void => {
    if (told) return;
    told = true;
    tell();
  };
  linkAndEvaluate(module, () => { once(fulfilled); }, (error) => { once(() => { rejected(error); }); });
  if (module.status !== Status.Evaluated) return;
  const { error } = module;
  once(error === undefined ? fulfilled : () => { rejected(error.value); });
}
