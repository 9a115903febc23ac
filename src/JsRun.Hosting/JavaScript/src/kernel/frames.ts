// A frame holds the operation that the running code belongs to, and the values of AsyncContext's variables. If the native layer is on (native.ts), V8 itself carries the frame along every
// `await` and `then`. The host reads only a frame's first element; no user code ever sees a frame.
import { apply } from './intrinsics.ts';

/** The number of an operation, or 0 for none, and the variables' values. A frame is never changed once it is made. */
export type Frame = readonly [operation: number, values: Values | undefined];
export type Values = ReadonlyMap<object, unknown>;

let read: () => unknown = () => undefined;
let write: (frame: unknown) => void = () => {};

/** Whether V8 carries frames. If not, there are no frames, and the functions here do nothing. */
export let carriesFrames = false;

export function carryFrames(get: () => unknown, set: (frame: unknown) => void): void {
  read = get;
  write = set;
  carriesFrames = true;
}

export const currentFrame = (): Frame | undefined => read() as Frame | undefined;

export function setFrame(frame: Frame | undefined): void { write(frame); }

/** Calls `f` with another frame as the current one. */
export function applyIn(frame: Frame | undefined, f: (...args: any[]) => unknown, self: unknown, args: readonly unknown[]): unknown {
  const before = read();
  write(frame);
  try {
    return apply(f, self, args);
  } finally {
    write(before);
  }
}

/** Returns a function that calls `run` in the frame that is current now. */
export function inThisFrame(run: () => void): () => void {
  const frame = currentFrame();
  return frame === undefined ? run : () => { applyIn(frame, run, undefined, []); };
}
