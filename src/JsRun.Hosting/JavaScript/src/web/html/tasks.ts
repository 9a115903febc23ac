// HTML: tasks. Each runs in an entry of its own, in order, so that microtasks run between any two; only one host timer stands for the whole queue.
import { inThisFrame } from '../../kernel/frames.ts';
import { hooks } from '../dom/event-target.ts';
import { startTask } from './timers.ts';

let queue: (() => void)[] = [];
let next = 0;
let running = false;

export function queueTask(run: () => void): void {
  queue.push(inThisFrame(run));
  if (!running) {
    running = true;
    startTask(runNext);
  }
}

function runNext(): void {
  const run = queue[next++]!;
  if (next === queue.length) {
    queue = [];
    next = 0;
    running = false;
  } else {
    startTask(runNext);
  }
  try {
    run();
  } catch (error) {
    hooks.report(error);
  }
}
