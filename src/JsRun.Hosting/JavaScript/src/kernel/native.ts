// What the host can do beneath ClearScript's API (Engine/Native). It is handed over through an array that is on the global object for the time of one host call.
import { carryFrames } from './frames.ts';
import { host } from './host.ts';
import { defineProperty, deleteProperty, list, NativeTypeError } from './intrinsics.ts';
import { whenLive } from './when-live.ts';
import { HostOp } from './ops.ts';

const KEY = '__jsrunNative';

/** What the host answers. */
export const enum NativeParts { Rejections = 1, Frames = 2 }

/** Where the host notes rejected promises, three elements each: what happened, the promise, the reason. No prototype: nothing of users' is found by an index. */
const journal = list<unknown>();

/** Imports for text that was evaluated, of which V8 gives the host what was asked for. */
let importer: ((specifier: string, ...attributes: string[]) => Promise<unknown>) | undefined;

export function importWith(f: NonNullable<typeof importer>): void { importer = f; }

/** Whether V8 tells of every rejected promise. */
export let tracksRejections = false;

export interface Rejection { handled: boolean; promise: Promise<unknown>; reason: unknown }

export function takeRejections(count: number): Rejection[] {
  const taken = list<Rejection>();
  for (let i = 0; i < count; i++) taken[i] = { handled: journal[3 * i] === 1, promise: journal[3 * i + 1] as Promise<unknown>, reason: journal[3 * i + 2] };
  journal.length = 0;
  return taken;
}

whenLive(() => {
  // What V8 hands over there, a script must never see: one that came before, in an image of it, may have made a property that stays.
  if (!defineProperty(globalThis, KEY, { __proto__: null, value: journal, configurable: true } as PropertyDescriptor)) throw new NativeTypeError(`The global '${KEY}' has been taken by a script`);
  journal[0] = importer;
  const parts = host(HostOp.AttachNative) as number | undefined;
  deleteProperty(globalThis, KEY);
  tracksRejections = parts !== undefined && (parts & NativeParts.Rejections) !== 0;
  if (parts !== undefined && (parts & NativeParts.Frames) !== 0) carryFrames(journal[0] as () => unknown, journal[1] as (frame: unknown) => void);
  journal.length = 0;
});
