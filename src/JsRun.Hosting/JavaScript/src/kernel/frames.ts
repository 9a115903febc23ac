// On whose behalf code runs, and the values of AsyncContext's variables: one frame, which V8 itself carries along every `await` and `then` where the host can reach that far (native.ts).
// The host reads a frame's first element, and nothing else of it; no user code ever sees one.
import { apply } from './intrinsics.ts';

/** The number of an operation, 0 for none; and the variables' values. Never changed once it is made. */
export type Frame = readonly [operation: number, values: Values | undefined];
export type Values = ReadonlyMap<object, unknown>;

let read: () => unknown = () => undefined;
let write: (frame: unknown) => void = () => {};

/** Whether V8 carries frames. Without it there is none: nothing here does anything. */
export let carriesFrames = false;

export function carryFrames(get: () => unknown, set: (frame: unknown) => void): void {
  read = get;
  write = set;
  carriesFrames = true;
}

export const currentFrame = (): Frame | undefined => read() as Frame | undefined;

export function setFrame(frame: Frame | undefined): void { write(frame); }

/** Calls `f` in another frame. */
export function applyIn(frame: Frame | undefined, f: (...args: any[]) => unknown, self: unknown, args: readonly unknown[]): unknown {
  const before = read();
  write(frame);
  try {
    return apply(f, self, args);
  } finally {
    write(before);
  }
}

/** `run`, to be called in the frame of now whenever that may be. */
export function inThisFrame(run: () => void): () => void {
  const frame = currentFrame();
  return frame === undefined ? run : () => { applyIn(frame, run, undefined, []); };
}
