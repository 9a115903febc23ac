// Performance Timeline: the entries of this context, and the observers of new ones.
import type { PerformanceEntry } from './entry.ts';

export interface Listener { (entry: PerformanceEntry): void }

/** The most entries that are kept, so that a context that lives long is not filled with marks that are never cleared. Observers receive all entries. */
const MOST = 10_000;

let entries: PerformanceEntry[] = [];
let dropped = 0;
const listeners = new Set<Listener>();

export const supportedEntryTypes: readonly string[] = Object.freeze(['mark', 'measure']);
export const kept = (): readonly PerformanceEntry[] => entries;
export const droppedCount = (): number => dropped;

export function addEntry(entry: PerformanceEntry): void {
  for (const listener of listeners) listener(entry);
  if (entries.length < MOST) entries.push(entry);
  else dropped++;
}

export function clearEntries(type: string, name: unknown): void {
  const wanted = name === undefined ? undefined : `${name as string}`;
  entries = entries.filter((entry) => entry.entryType !== type || wanted !== undefined && entry.name !== wanted);
}

export function listen(listener: Listener): void { listeners.add(listener); }
export function stopListening(listener: Listener): void { listeners.delete(listener); }
