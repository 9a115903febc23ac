// HTML: tasks. Each runs in an entry of its own, in order, so that microtasks run between any two. The whole queue has one timer of the host.
import { afterInterrupt } from '../../kernel/interrupted.ts';
import { applyIn, currentFrame, type Frame } from '../../kernel/frames.ts';
import { instanceOf } from '../../kernel/instances.ts';
import { reportException } from './report-error.ts';
import { startTask } from './timers.ts';

interface Task { run(): void; frame: Frame | undefined }

let queue: Task[] = [];
let next = 0;
let running = false;

export function queueTask(run: () => void): void {
  queue.push({ run, frame: currentFrame() });
  if (!running) {
    running = true;
    startTask(runNext);
  }
}

function runNext(): void {
  // After an interrupt the next task is started a second time, so that the queue may be empty here.
  if (next === queue.length) return;
  const task = queue[next++]!;
  if (next === queue.length) {
    queue = [];
    next = 0;
    running = false;
  } else {
    startTask(runNext);
  }
  try {
    // The request may have ended in the meantime.
    if (instanceOf(task.frame?.[0] ?? 0) === undefined) return;
    if (task.frame === undefined) task.run();
    else applyIn(task.frame, task.run, undefined, []);
  } catch (error) {
    reportException(error);
  }
}

// Removes the tasks of the interrupted operation, and starts the next task, because the interrupted one may have been about to.
afterInterrupt((operation) => {
  const left: Task[] = [];
  for (; next < queue.length; next++) {
    const task = queue[next]!;
    if (task.frame === undefined || task.frame[0] !== operation) left.push(task);
  }
  queue = left;
  next = 0;
  running = left.length > 0;
  if (running) startTask(runNext);
});
