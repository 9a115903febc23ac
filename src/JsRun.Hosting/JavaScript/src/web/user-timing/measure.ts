// User Timing: PerformanceMeasure, and its start and end.
import { now } from '../hr-time/performance.ts';
import { PerformanceEntry, creates } from '../performance-timeline/entry.ts';
import { kept } from '../performance-timeline/timeline.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, dictionary, illegalConstructor } from '../webidl/interface.ts';
import { copyOfDetail, timestamp } from './mark.ts';

export class PerformanceMeasure extends PerformanceEntry {
  #detail: unknown;

  constructor(key: typeof creates, name: string, start: number, duration: number, detail: unknown) {
    if (key !== creates) illegalConstructor();
    super(creates, name, 'measure', start, duration);
    this.#detail = detail;
  }

  get detail(): unknown { return this.#detail; }
}
Object.defineProperty(PerformanceMeasure, 'length', { value: 0, configurable: true });
defineInterface(PerformanceMeasure, 'PerformanceMeasure');

/** The time of the latest mark of that name, or the time itself. */
function timeOf(mark: unknown): number {
  if (typeof mark === 'number') return timestamp(mark, 'Performance.measure: the time');
  const name = `${mark as string}`;
  const entry = kept().findLast((candidate) => candidate.entryType === 'mark' && candidate.name === name);
  if (entry === undefined) throw new DOMException(`Performance.measure: there is no mark "${name}"`, 'SyntaxError');
  return entry.startTime;
}

export function createMeasure(name: string, from: unknown, endMark: unknown): PerformanceMeasure {
  const hasOptions = (typeof from === 'object' || typeof from === 'function') && from !== null;
  const { start, end, duration, detail } = dictionary(hasOptions ? from : undefined, 'Performance.measure: options');
  if (start !== undefined || end !== undefined || duration !== undefined || detail !== undefined) {
    if (endMark !== undefined) throw new TypeError('Performance.measure: options and an end mark do not mix');
    if (start === undefined && end === undefined) throw new TypeError('Performance.measure: the options have neither start nor end');
    if (start !== undefined && end !== undefined && duration !== undefined) throw new TypeError('Performance.measure: the options have start, end and duration');
  }
  const length = duration === undefined ? undefined : timestamp(duration, 'Performance.measure: the duration');
  const finish = endMark !== undefined ? timeOf(`${endMark as string}`)
    : end !== undefined ? timeOf(end)
      : start !== undefined && length !== undefined ? timeOf(start) + length
        : now();
  const begin = start !== undefined ? timeOf(start)
    : length !== undefined && end !== undefined ? timeOf(end) - length
      : hasOptions || from === undefined || from === null ? 0 : timeOf(`${from as string}`);
  return new PerformanceMeasure(creates, name, begin, finish - begin, copyOfDetail(detail));
}
