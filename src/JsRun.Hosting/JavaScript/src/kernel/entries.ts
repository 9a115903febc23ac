// Who answers which entry: each room registers its handlers when it is evaluated; enter.ts calls them inside its try/catch.
import { list } from './intrinsics.ts';
import type { EntryOp } from './ops.ts';

export type EntryHandler = (...args: any[]) => void;

const handlers = list<EntryHandler>();
let refused = false;
let registerLate: (op: EntryOp) => void = () => {};

export function onEntry(op: EntryOp, handler: EntryHandler): void { handlers[op] = handler; }

/** Who registers the handlers of lazy rooms (lazy.mjs), once one of their entries comes. */
export function registerLateBy(register: (op: EntryOp) => void): void { registerLate = register; }

export function entry(op: EntryOp): EntryHandler | undefined {
  if (handlers[op] === undefined && !refused) registerLate(op);
  return handlers[op];
}

/** From here on nothing is answered. */
export function refuseEntries(): void {
  refused = true;
  handlers.length = 0;
}
