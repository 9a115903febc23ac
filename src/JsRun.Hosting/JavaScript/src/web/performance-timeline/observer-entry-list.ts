import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import { type PerformanceEntry, creates, select } from './entry.ts';

export class PerformanceObserverEntryList {
  #entries: readonly PerformanceEntry[];

  constructor(key: typeof creates, entries: readonly PerformanceEntry[]) {
    if (key !== creates) illegalConstructor();
    this.#entries = entries;
  }

  getEntries(): PerformanceEntry[] { return select(this.#entries); }

  getEntriesByType(type: string): PerformanceEntry[] {
    requireArguments(arguments.length, 1, 'PerformanceObserverEntryList.getEntriesByType');
    return select(this.#entries, undefined, type);
  }

  getEntriesByName(name: string, type: string | undefined = undefined): PerformanceEntry[] {
    requireArguments(arguments.length, 1, 'PerformanceObserverEntryList.getEntriesByName');
    return select(this.#entries, name, type);
  }
}
Object.defineProperty(PerformanceObserverEntryList, 'length', { value: 0, configurable: true });
defineInterface(PerformanceObserverEntryList, 'PerformanceObserverEntryList');
