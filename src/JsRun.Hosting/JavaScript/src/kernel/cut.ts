// An operation that has run for too long is ended in its midst, in whatever it was doing: nothing of it runs any more, no `finally` either. What it may have left half done in
// variables that all share is put right here, before the others go on.
import { onEntry } from './entries.ts';
import { host } from './host.ts';
import { list } from './intrinsics.ts';
import { EntryOp, HostOp } from './ops.ts';

/** Gets the number of the operation, which is 0 where nobody knows whose code it was. */
export type CutHook = (operation: number) => void;

const hooks = list<CutHook>();

/** Runs after every such end. */
export function afterCut(hook: CutHook): void { hooks[hooks.length] = hook; }

onEntry(EntryOp.Cut, () => {
  const operation = host(HostOp.DropMicrotasks) as number;
  for (let i = 0; i < hooks.length; i++) hooks[i]!(operation);
});
