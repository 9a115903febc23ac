// Who answers which entry: each room registers its handlers when the bundle is evaluated; enter.ts calls them inside its try/catch.
import { list } from './intrinsics.ts';
import type { EntryOp } from './ops.ts';

export type EntryHandler = (...args: any[]) => void;

const handlers = list<EntryHandler>();

export function onEntry(op: EntryOp, handler: EntryHandler): void { handlers[op] = handler; }

export function entry(op: EntryOp): EntryHandler | undefined { return handlers[op]; }

/** From here on nothing is answered. */
export function refuseEntries(): void { handlers.length = 0; }
