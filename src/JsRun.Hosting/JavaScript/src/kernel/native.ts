// What the host's native layer (Engine/Native) adds: rejected promises, and V8's functions for frames. Both pass through an array that is on the global object during one call of the host.
import { carryFrames } from './frames.ts';
import { host } from './host.ts';
import { defineProperty, deleteProperty, list, NativeTypeError } from './intrinsics.ts';
import { whenLive } from './when-live.ts';
import { HostOp } from './ops.ts';

const KEY = '__jsrunNative';
/** The elements of the journal for one rejection. */
const ENTRY = 4;

/** What the host answers; several are added. */
export const enum NativeParts { None = 0, Rejections = 1, Frames = 2 }

/** Where the host writes rejected promises, four elements each: what happened, the promise, the reason, and the number of the operation whose code has rejected it. The array has no prototype, so that an index finds nothing of user code's. */
const journal = list<unknown>();

/** Answers `import()` in text that `eval` or `Function` has compiled: V8 gives the host its specifier. */
let importer: ((specifier: string, ...attributes: string[]) => Promise<unknown>) | undefined;

export function importWith(f: NonNullable<typeof importer>): void { importer = f; }

/** Whether V8 reports every rejected promise. */
export let tracksRejections = false;

export interface Rejection { handled: boolean; promise: Promise<unknown>; reason: unknown; operation: number }

export function takeRejections(count: number): Rejection[] {
  const taken = list<Rejection>();
  for (let i = 0; i < count; i++) {
    const at = ENTRY * i;
    taken[i] = { handled: journal[at] === 1, promise: journal[at + 1] as Promise<unknown>, reason: journal[at + 2], operation: journal[at + 3] as number };
  }
  journal.length = 0;
  return taken;
}

whenLive(() => {
  // No script may see the array. A function's top level that has run while its image was built may have defined a property of that name that cannot be replaced.
  if (!defineProperty(globalThis, KEY, { __proto__: null, value: journal, configurable: true } as PropertyDescriptor)) throw new NativeTypeError(`The global '${KEY}' has been taken by a script`);
  journal[0] = importer;
  const parts = host(HostOp.AttachNative) as number | undefined;
  deleteProperty(globalThis, KEY);
  tracksRejections = parts !== undefined && (parts & NativeParts.Rejections) !== 0;
  if (parts !== undefined && (parts & NativeParts.Frames) !== 0) carryFrames(journal[0] as () => unknown, journal[1] as (frame: unknown) => void);
  journal.length = 0;
});
