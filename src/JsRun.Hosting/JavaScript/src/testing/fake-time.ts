// Time that stands still until a test advances it: Date, performance.now() and timers.
import { real, web, type Timers } from './globals.ts';

interface Timer { id: number; due: number; order: number; interval: number | null; run: () => void }

export interface FakeTime {
  /** Milliseconds since 1970, as Date shows them. */
  readonly now: number;
  /** Runs the timers that become due, in their order, and lets promises settle after each. */
  advance(milliseconds: number): Promise<void>;
  /** Runs timers until none is left, up to 1000 of them. */
  runAll(): Promise<void>;
  restore(): void;
}

const MOST_TIMERS = 1000;
let restoreCurrent: (() => void) | undefined;

export function restoreTime(): void {
  restoreCurrent?.();
}

/** Replaces Date, performance.now() and timers until the end of the test. */
export function fakeTime(start: number | string | Date = real.now === undefined ? 0 : Date.now()): FakeTime {
  restoreTime();
  const RealDate = web.Date;
  const originals: Timers = { setTimeout: web.setTimeout, clearTimeout: web.clearTimeout, setInterval: web.setInterval, clearInterval: web.clearInterval };
  const ownNow = Object.getOwnPropertyDescriptor(web.performance, 'now');
  const begin = new RealDate(start).getTime();
  if (Number.isNaN(begin)) throw new RangeError('fakeTime: the start is no date.');
  let now = begin;
  let last = 0;
  const timers = new Map<number, Timer>();

  const add = (callback: (...args: unknown[]) => void, delay: unknown, args: unknown[], repeats: boolean): number => {
    if (typeof callback !== 'function') throw new TypeError('A timer needs a function.');
    const wait = Math.max(repeats ? 1 : 0, Number(delay) || 0);
    last++;
    // Ids that no timer of the runtime has.
    const id = 1_000_000_000 + last;
    timers.set(id, { id, due: now + wait, order: last, interval: repeats ? wait : null, run: () => { callback(...args); } });
    return id;
  };
  const remove = (id?: number): void => { if (id !== undefined && !timers.delete(id)) originals.clearTimeout.call(globalThis, id); };

  class FakeDate extends RealDate {
    constructor(...args: unknown[]) {
      super(...(args.length === 0 ? [now] : args) as []);
    }

    static override now(): number { return now; }
  }

  // Date() without new is a string.
  web.Date = new Proxy(FakeDate, { apply: () => new RealDate(now).toString() }) as unknown as DateConstructor;
  web.setTimeout = (callback, delay, ...args) => add(callback, delay, args, false);
  web.setInterval = (callback, delay, ...args) => add(callback, delay, args, true);
  web.clearTimeout = remove;
  web.clearInterval = remove;
  Object.defineProperty(web.performance, 'now', { value: () => now - begin, configurable: true, writable: true });

  restoreCurrent = () => {
    restoreCurrent = undefined;
    web.Date = RealDate;
    Object.assign(web, originals);
    if (ownNow === undefined) Reflect.deleteProperty(web.performance, 'now');
    else Object.defineProperty(web.performance, 'now', ownNow);
  };
  const restore = restoreCurrent;

  const next = (until: number): Timer | undefined => {
    let found: Timer | undefined;
    for (const timer of timers.values()) {
      if (timer.due <= until && (found === undefined || timer.due < found.due || (timer.due === found.due && timer.order < found.order))) found = timer;
    }
    return found;
  };

  const run = async (timer: Timer): Promise<void> => {
    now = Math.max(now, timer.due);
    if (timer.interval === null) timers.delete(timer.id);
    else timer.due = now + timer.interval;
    timer.run();
    await settle();
  };

  return {
    get now() { return now; },
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (let timer = next(until); timer !== undefined; timer = next(until)) await run(timer);
      now = until;
    },
    async runAll() {
      await settle();
      let count = 0;
      for (let timer = next(Infinity); timer !== undefined; timer = next(Infinity)) {
        if (++count > MOST_TIMERS) throw new Error(`fakeTime: ${MOST_TIMERS} timers have run and there are more. Is there an interval that nobody clears?`);
        await run(timer);
      }
    },
    restore: () => { restore(); },
  };
}

/** Lets promises settle that wait for nothing but each other: a real timer comes after all microtasks. */
const settle = (): Promise<void> => new Promise((resolve) => { real.setTimeout(() => { resolve(); }, 0); });
