// User Timing: PerformanceMark.
import { now } from '../hr-time/performance.ts';
import { PerformanceEntry, creates } from '../performance-timeline/entry.ts';
import { structuredClone } from '../structured-clone/structured-clone.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';

export interface MarkOptions { detail?: unknown; startTime?: number }

export class PerformanceMark extends PerformanceEntry {
  #detail: unknown;

  constructor(name: string, options: MarkOptions | undefined = undefined) {
    requireArguments(arguments.length, 1, 'PerformanceMark');
    const text = `${name}`;
    const { detail, startTime } = dictionary(options, 'PerformanceMark: options');
    super(creates, text, 'mark', startTime === undefined ? now() : timestamp(startTime, 'PerformanceMark: startTime'), 0);
    this.#detail = copyOfDetail(detail);
  }

  get detail(): unknown { return this.#detail; }
}
defineInterface(PerformanceMark, 'PerformanceMark');

export const copyOfDetail = (detail: unknown): unknown => (detail === undefined || detail === null ? null : structuredClone(detail));

/** A time that a script gives: a finite number, not below zero. */
export function timestamp(value: unknown, what: string): number {
  const time = Number(value);
  if (!Number.isFinite(time) || time < 0) throw new TypeError(`${what} is ${time}: it must be a finite number and not negative`);
  return time;
}
