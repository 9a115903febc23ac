// Performance Timeline: the entries of an instance, and the observers of new ones.
import { perInstance } from '../../kernel/instances.ts';
import type { PerformanceEntry } from './entry.ts';

export interface Listener { (entry: PerformanceEntry): void }

/** The most entries that are kept, so that a context that lives long is not filled with marks that are never cleared. Observers receive all entries. */
const MOST = 10_000;

const timeline = perInstance(() => ({ entries: [] as PerformanceEntry[], dropped: 0, listeners: new Set<Listener>() }));

export const supportedEntryTypes: readonly string[] = Object.freeze(['mark', 'measure']);
export const kept = (): readonly PerformanceEntry[] => timeline().entries;
export const droppedCount = (): number => timeline().dropped;

export function addEntry(entry: PerformanceEntry): void {
  const its = timeline();
  for (const listener of its.listeners) listener(entry);
  if (its.entries.length < MOST) its.entries.push(entry);
  else its.dropped++;
}

export function clearEntries(type: string, name: unknown): void {
  const wanted = name === undefined ? undefined : `${name as string}`;
  const its = timeline();
  its.entries = its.entries.filter((entry) => entry.entryType !== type || wanted !== undefined && entry.name !== wanted);
}

export function listen(listener: Listener): void { timeline().listeners.add(listener); }
export function stopListening(listener: Listener): void { timeline().listeners.delete(listener); }
