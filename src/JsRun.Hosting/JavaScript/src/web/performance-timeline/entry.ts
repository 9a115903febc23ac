// Performance Timeline: PerformanceEntry, made by the interfaces that inherit from it only.
import { defineInterface, illegalConstructor } from '../webidl/interface.ts';

/** The argument with which an inheriting interface shows that it may construct an entry. */
export const creates = Symbol('creates');

export class PerformanceEntry {
  #name: string;
  #type: string;
  #start: number;
  #duration: number;

  constructor(key: typeof creates, name: string, type: string, start: number, duration: number) {
    if (key !== creates) illegalConstructor();
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }

  get name(): string { return this.#name; }
  get entryType(): string { return this.#type; }
  get startTime(): number { return this.#start; }
  get duration(): number { return this.#duration; }

  toJSON(): object { return { name: this.#name, entryType: this.#type, startTime: this.#start, duration: this.#duration }; }
}
Object.defineProperty(PerformanceEntry, 'length', { value: 0, configurable: true });
defineInterface(PerformanceEntry, 'PerformanceEntry');

/** Sorts by start time; entries with the same start time stay in their order. */
export function select(entries: readonly PerformanceEntry[], name: unknown = undefined, type: unknown = undefined): PerformanceEntry[] {
  const [wantedName, wantedType] = [name === undefined ? undefined : `${name as string}`, type === undefined ? undefined : `${type as string}`];
  return entries
    .filter((entry) => (wantedName === undefined || entry.name === wantedName) && (wantedType === undefined || entry.entryType === wantedType))
    .sort((a, b) => a.startTime - b.startTime);
}
