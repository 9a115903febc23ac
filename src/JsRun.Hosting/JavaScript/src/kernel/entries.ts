// The handlers of entries: each module registers its own when it is evaluated, and enter.ts calls them inside its try block.
import { list } from './intrinsics.ts';
import type { EntryOp } from './ops.ts';

export type EntryHandler = (...args: any[]) => void;

const handlers = list<EntryHandler>();
let refused = false;
let registerLate: (op: EntryOp) => void = () => {};

export function onEntry(op: EntryOp, handler: EntryHandler): void { handlers[op] = handler; }

/** Sets the function that registers the handlers of lazy chunks (lazy.mjs) when the first of their entries comes. */
export function registerLateBy(register: (op: EntryOp) => void): void { registerLate = register; }

export function entry(op: EntryOp): EntryHandler | undefined {
  if (handlers[op] === undefined && !refused) registerLate(op);
  return handlers[op];
}

/** From here on every entry fails. */
export function refuseEntries(): void {
  refused = true;
  handlers.length = 0;
}
