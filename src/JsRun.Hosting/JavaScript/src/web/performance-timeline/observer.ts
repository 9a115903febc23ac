// Performance Timeline: PerformanceObserver. Its callback runs in a task of its own, with everything that came until then.
import { queueTask } from '../html/tasks.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, dictionary, requireArguments, sequence } from '../webidl/interface.ts';
import { type PerformanceEntry, creates, select } from './entry.ts';
import { PerformanceObserverEntryList } from './observer-entry-list.ts';
import { droppedCount, kept, listen, stopListening, supportedEntryTypes } from './timeline.ts';

type Callback = (this: PerformanceObserver, list: PerformanceObserverEntryList, observer: PerformanceObserver, options: { droppedEntriesCount?: number }) => void;

export class PerformanceObserver {
  static get supportedEntryTypes(): readonly string[] { return supportedEntryTypes; }

  #callback: Callback;
  #mode: 'none' | 'single' | 'multiple' = 'none';
  #types = new Set<string>();
  #entries: PerformanceEntry[] = [];
  #queued = false;
  /** The first callback after observe() receives the number of entries that were not kept. */
  #tellsDropped = false;

  constructor(callback: Callback) {
    requireArguments(arguments.length, 1, 'PerformanceObserver');
    if (typeof callback !== 'function') throw new TypeError('PerformanceObserver: the callback is not a function');
    this.#callback = callback;
  }

  observe(options: { entryTypes?: Iterable<string>; type?: string; buffered?: boolean } | undefined = undefined): void {
    void this.#mode;
    const { entryTypes, type, buffered } = dictionary(options, 'PerformanceObserver.observe: options');
    if (entryTypes === undefined && type === undefined) throw new TypeError('PerformanceObserver.observe: neither entryTypes nor type is given');
    if (entryTypes !== undefined && (type !== undefined || buffered !== undefined)) throw new TypeError('PerformanceObserver.observe: entryTypes stands alone');
    const mode = entryTypes === undefined ? 'single' : 'multiple';
    const types = (entryTypes === undefined ? [type] : sequence(entryTypes, 'PerformanceObserver.observe: entryTypes')).map((name) => `${name as string}`);
    if (this.#mode !== 'none' && this.#mode !== mode) throw new DOMException('PerformanceObserver.observe: entryTypes and type do not mix', 'InvalidModificationError');
    this.#mode = mode;
    this.#tellsDropped = true;
    const known = types.filter((name) => supportedEntryTypes.includes(name));
    if (known.length === 0) return;
    if (mode === 'multiple') this.#types.clear();
    for (const name of known) this.#types.add(name);
    listen(this.#take);
    if (mode === 'single' && buffered) for (const entry of select(kept(), undefined, known[0])) this.#take(entry);
  }

  disconnect(): void {
    this.#entries = [];
    this.#types.clear();
    this.#mode = 'none';
    stopListening(this.#take);
  }

  takeRecords(): PerformanceEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }

  readonly #take = (entry: PerformanceEntry): void => {
    if (!this.#types.has(entry.entryType)) return;
    this.#entries.push(entry);
    if (this.#queued) return;
    this.#queued = true;
    queueTask(() => {
      this.#queued = false;
      const entries = this.takeRecords();
      if (entries.length === 0) return;
      const options = this.#tellsDropped ? { droppedEntriesCount: droppedCount() } : {};
      this.#tellsDropped = false;
      Reflect.apply(this.#callback, this, [new PerformanceObserverEntryList(creates, entries), this, options]);
    });
  };
}
defineInterface(PerformanceObserver, 'PerformanceObserver');
