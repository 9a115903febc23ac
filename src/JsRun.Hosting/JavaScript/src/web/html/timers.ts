// HTML: timers. The host has the clock, and enters once for each due timer, so that microtasks run between any two.
import { settings } from '../../kernel/settings.ts';
import { afterInterrupt } from '../../kernel/interrupted.ts';
import { onEntry } from '../../kernel/entries.ts';
import { perInstance } from '../../kernel/instances.ts';
import { carriesFrames, currentFrame, type Frame, setFrame } from '../../kernel/frames.ts';
import { host } from '../../kernel/host.ts';
import { createTable, NativeRangeError, ownKeys, toNumber } from '../../kernel/intrinsics.ts';
import { EntryOp, HostOp } from '../../kernel/ops.ts';
import { reportException } from './report-error.ts';

interface Timer { run(): void; delay: number; repeat: boolean; level: number; frame: Frame | undefined; task: boolean; of: Running }
/** The timers of an instance that have not ended, by their number here. */
interface Running { count: number; ids: Record<number, true> }

/** From this nesting level on, a timer waits for at least 4 ms. */
const CLAMPED_LEVEL = 5;
const CLAMPED_DELAY = 4;

const timers = createTable<Timer>();
let last = 0;
let nesting = 0;
const noTimers = (): Running => ({ count: 0, ids: createTable<true>() as Record<number, true> });
/** Tasks belong to no instance: tasks.ts has one queue for all. */
const tasks = noTimers();
const running = perInstance(noTimers, ({ ids }) => {
  const all = ownKeys(ids) as unknown as string[];
  for (let i = 0; i < all.length; i++) stopTimer(toNumber(all[i]!));
});

/** Starts a timer; `delay` is a non-negative integer of milliseconds. */
export function startTimer(delay: number, run: () => void, repeat = false): number {
  const of = running();
  if (of.count >= settings.maxTimers) throw new NativeRangeError(`More than ${settings.maxTimers} timers at a time (JsRun:Limits:MaxTimers)`);
  return start({ run, delay, repeat, level: nesting + 1, frame: currentFrame(), task: false, of });
}

/** Calls a function soon, in an entry of its own. It does not count as a timer that a script has started: no nesting level delays it, and MaxTimers does not limit it. */
export function startTask(run: () => void): void { start({ run, delay: 0, repeat: false, level: 0, frame: undefined, task: true, of: tasks }); }

function start(timer: Timer): number {
  const id = ++last;
  timers[id] = timer;
  timer.of.count++;
  timer.of.ids[id] = true;
  schedule(id, timer);
  return id;
}

export function stopTimer(id: number): void {
  if (forget(id)) host(HostOp.TimerStop, id);
}

function schedule(id: number, timer: Timer): void {
  host(HostOp.TimerStart, id, timer.level > CLAMPED_LEVEL && timer.delay < CLAMPED_DELAY ? CLAMPED_DELAY : timer.delay, timer.repeat, timer.task);
}

function forget(id: number): boolean {
  const timer = timers[id];
  if (timer === undefined) return false;
  delete timers[id];
  delete timer.of.ids[id];
  timer.of.count--;
  return true;
}

onEntry(EntryOp.Timer, (id: number) => {
  const timer = timers[id];
  if (timer === undefined) return;
  if (!timer.repeat) forget(id);
  nesting = timer.level;
  if (carriesFrames) setFrame(timer.frame);
  try {
    timer.run();
  } catch (error) {
    reportException(error);
  } finally {
    nesting = 0;
  }
  if (timer.repeat && timers[id] === timer) {
    timer.level++;
    schedule(id, timer);
  }
});

onEntry(EntryOp.TimerStopped, (id: number) => {
  const timer = timers[id];
  // A task belongs not only to the operation that started it, and has ended now.
  if (forget(id) && timer!.task) startTask(timer!.run);
});

afterInterrupt(() => { nesting = 0; });
