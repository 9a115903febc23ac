// High Resolution Time, Performance Timeline and User Timing.

type PerformanceEntryList = PerformanceEntry[];
interface PerformanceEntry {
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  toJSON(): any;
}
declare var PerformanceEntry: { prototype: PerformanceEntry };

interface PerformanceMarkOptions { detail?: any; startTime?: number }
interface PerformanceMark extends PerformanceEntry { readonly detail: any }
declare var PerformanceMark: { prototype: PerformanceMark; new (name: string, options?: PerformanceMarkOptions): PerformanceMark };
interface PerformanceMeasureOptions { detail?: any; start?: string | number; duration?: number; end?: string | number }
interface PerformanceMeasure extends PerformanceEntry { readonly detail: any }
declare var PerformanceMeasure: { prototype: PerformanceMeasure };

interface Performance extends EventTarget {
  readonly timeOrigin: number;
  now(): number;
  mark(name: string, options?: PerformanceMarkOptions): PerformanceMark;
  measure(name: string, startOrOptions?: string | PerformanceMeasureOptions, endMark?: string): PerformanceMeasure;
  clearMarks(name?: string): void;
  clearMeasures(name?: string): void;
  getEntries(): PerformanceEntryList;
  getEntriesByName(name: string, type?: string): PerformanceEntryList;
  getEntriesByType(type: string): PerformanceEntryList;
  toJSON(): any;
}
declare var Performance: { prototype: Performance };
declare var performance: Performance;

interface PerformanceObserverInit { entryTypes?: Iterable<string>; type?: string; buffered?: boolean }
interface PerformanceObserverEntryList {
  getEntries(): PerformanceEntryList;
  getEntriesByName(name: string, type?: string): PerformanceEntryList;
  getEntriesByType(type: string): PerformanceEntryList;
}
declare var PerformanceObserverEntryList: { prototype: PerformanceObserverEntryList };
interface PerformanceObserver {
  disconnect(): void;
  observe(options?: PerformanceObserverInit): void;
  takeRecords(): PerformanceEntryList;
}
declare var PerformanceObserver: {
  prototype: PerformanceObserver;
  new (callback: (entries: PerformanceObserverEntryList, observer: PerformanceObserver, options: { droppedEntriesCount?: number }) => void): PerformanceObserver;
  readonly supportedEntryTypes: readonly string[];
};
