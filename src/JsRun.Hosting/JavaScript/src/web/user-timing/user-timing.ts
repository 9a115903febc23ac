// The members of Performance that User Timing and Performance Timeline add.
import { Performance, isPerformance } from '../hr-time/performance.ts';
import { type PerformanceEntry, select } from '../performance-timeline/entry.ts';
import { addEntry, clearEntries, kept } from '../performance-timeline/timeline.ts';
import { requireArguments } from '../webidl/interface.ts';
import { type MarkOptions, PerformanceMark } from './mark.ts';
import { type PerformanceMeasure, createMeasure } from './measure.ts';

function brand(self: unknown): void {
  if (!isPerformance(self)) throw new TypeError('Illegal invocation');
}

const members = {
  mark(name: string, options: MarkOptions | undefined = undefined): PerformanceMark {
    brand(this);
    requireArguments(arguments.length, 1, 'Performance.mark');
    const mark = new PerformanceMark(name, options);
    addEntry(mark);
    return mark;
  },
  measure(name: string, startOrOptions: unknown = undefined, endMark: unknown = undefined): PerformanceMeasure {
    brand(this);
    requireArguments(arguments.length, 1, 'Performance.measure');
    const measure = createMeasure(`${name}`, startOrOptions, endMark);
    addEntry(measure);
    return measure;
  },
  clearMarks(name: string | undefined = undefined): void {
    brand(this);
    clearEntries('mark', name);
  },
  clearMeasures(name: string | undefined = undefined): void {
    brand(this);
    clearEntries('measure', name);
  },
  getEntries(): PerformanceEntry[] {
    brand(this);
    return select(kept());
  },
  getEntriesByType(type: string): PerformanceEntry[] {
    brand(this);
    requireArguments(arguments.length, 1, 'Performance.getEntriesByType');
    return select(kept(), undefined, type);
  },
  getEntriesByName(name: string, type: string | undefined = undefined): PerformanceEntry[] {
    brand(this);
    requireArguments(arguments.length, 1, 'Performance.getEntriesByName');
    return select(kept(), name, type);
  },
};

for (const [key, value] of Object.entries(members)) Object.defineProperty(Performance.prototype, key, { value, writable: true, enumerable: true, configurable: true });
