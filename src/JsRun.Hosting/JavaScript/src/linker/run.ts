import { type Caller, withCaller } from '../kernel/caller.ts';
import { evaluate } from './evaluate.ts';
import { later, then } from './intrinsics.ts';
import { link } from './link.ts';
import { type ModuleRecord, Status } from './record.ts';

/** Links and evaluates a module, and calls back with the outcome. */
export function linkAndEvaluate(module: ModuleRecord, fulfilled: () => void, rejected: (error: unknown) => void, caller?: Caller): void {
  const start = () => then(evaluate(module), fulfilled, rejected);
  let async: boolean;
  try {
    async = link(module);
  } catch (error) {
    // An error of the linker, which has none of the author's frames.
    return rejected(caller === undefined ? error : withCaller(error, caller));
  }
  // An async generator reaches its first `yield` one microtask after it began. Then its body starts at once, as the specification has it.
  if (async) later(start);
  else start();
}

/** The same, but calls back before it returns if no module awaits: no microtask runs during a call of a host function. */
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
