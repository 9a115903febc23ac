// An operation that has run for too long is interrupted wherever it is: nothing of it runs any more, not even a `finally`. State that all operations share, and that the interrupted one may have
// left half changed, is repaired here before the other operations go on.
import { onEntry } from './entries.ts';
import { host } from './host.ts';
import { list } from './intrinsics.ts';
import { EntryOp, HostOp } from './ops.ts';

/** Receives the number of the interrupted operation, or 0 if nobody knows which operation's code it was. */
export type InterruptHook = (operation: number) => void;

const hooks = list<InterruptHook>();

/** Calls the hook after every interrupted operation. */
export function afterInterrupt(hook: InterruptHook): void { hooks[hooks.length] = hook; }

onEntry(EntryOp.OperationInterrupted, () => {
  const operation = host(HostOp.DropMicrotasks) as number;
  for (let i = 0; i < hooks.length; i++) hooks[i]!(operation);
});
