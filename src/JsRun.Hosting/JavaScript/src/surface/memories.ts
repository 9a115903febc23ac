// Counts the memories of WebAssembly. `grow` checks the limit before a memory grows. A memory that WebAssembly code itself grows is measured when the turn has ended (EntryOp.MeasureMemories);
// so that it cannot grow much until then, the memories of an instance share the pages by which they may grow.
import { settings } from '../kernel/settings.ts';
import { onEntry } from '../kernel/entries.ts';
import { host } from '../kernel/host.ts';
import { perInstance } from '../kernel/instances.ts';
import { construct, floor, getOwnPropertyDescriptor, list, max, min, NativeRangeError, NativeWeakMap, NativeWeakRef, toNumber, uncurry, weakMapGet, weakMapSet, weakRefDeref } from '../kernel/intrinsics.ts';
import { seeToOutcomes } from '../kernel/outcome.ts';
import { EntryOp, HostOp, MemoryState } from '../kernel/ops.ts';
import { append } from '../linker/intrinsics.ts';
import { collect, hold } from './held.ts';

const PAGE = 65536;
/** The least that a memory counts with, for its address space. */
const LEAST = 4 * PAGE;
/** How many times MaxArrayBufferBytes all memories of an instance together may grow to. */
const PROMISES = 8;
/** From this number of memories on, garbage is collected; again in the same turn when there are twice as many as the collection left. */
const WORTH = 4;

type Constructor = abstract new (...args: never[]) => object;
/** In pages. */
export interface Wanted { initial: number; maximum: number | undefined; shared: boolean; wide: boolean }
interface Known { maximum: number; shared: boolean; wide: boolean }

const known = new NativeWeakMap<object, Known>();
const get = uncurry(weakMapGet) as (map: WeakMap<object, Known>, key: unknown) => Known | undefined;
const set = uncurry(weakMapSet) as (map: WeakMap<object, Known>, key: object, value: Known) => void;
const deref = uncurry(weakRefDeref) as (ref: WeakRef<object>) => object | undefined;
const toBigInt = BigInt;
/** The memories of an instance. */
interface Tracked {
  memories: WeakRef<object>[];
  /** Pages that they may yet grow by, when they were last counted. */
  promised: number;
  worth: number;
}

/** Of all instances. */
let all = list<Tracked>();
const tracked = perInstance(
  () => {
    const its = { __proto__: null, memories: list<WeakRef<object>>(), promised: 0, worth: WORTH } as unknown as Tracked;
    append(all, its);
    return its;
  },
  (its) => {
    const before = all;
    all = list();
    for (let i = 0; i < before.length; i++) if (before[i] !== its) append(all, before[i]!);
  },
);
let told = -1;
let original: Constructor;
let bufferOf: (memory: object) => object;
let growBy: (memory: unknown, delta: unknown) => unknown;
let sizeOf: (buffer: object) => number;
let sharedSizeOf: (buffer: object) => number;

/** @param memory WebAssembly's own constructor, which user code has not seen */
export function bindMemories(memory: object, sizes: { plain: (buffer: never) => number; shared: (buffer: never) => number }): void {
  original = memory as Constructor;
  const prototype = original.prototype as object;
  bufferOf = uncurry(getOwnPropertyDescriptor(prototype, 'buffer')!.get!);
  growBy = uncurry(getOwnPropertyDescriptor(prototype, 'grow')!.value as () => unknown);
  sizeOf = sizes.plain as typeof sizeOf;
  sharedSizeOf = sizes.shared as typeof sizeOf;
  onEntry(EntryOp.MeasureMemories, measure);
}

const most = (): number => floor(settings.maxWasmBytes / PAGE);
const bytesOf = (memory: object, { shared }: Known): number => shared ? sharedSizeOf(bufferOf(memory)) : sizeOf(bufferOf(memory));
const count = (memory: object, bytes: number): void => { hold(memory, max(LEAST, bytes), 'WebAssembly.Memory'); };

/** The limits must be numbers; V8 checks them. */
export function makeMemory({ initial, maximum, shared, wide }: Wanted, target: Constructor = original): object {
  const first = initial > 0 ? floor(initial) : 0;
  if (first > most() && first < Infinity) throw new NativeRangeError(`WebAssembly.Memory: ${first} pages asked for, and ${most()} are allowed (MaxArrayBufferBytes is ${settings.maxWasmBytes})`);
  let last = maximum;
  if (!(shared && maximum === undefined) && !(maximum! < first)) {
    const wanted = min(most(), maximum === undefined ? Infinity : maximum >= 0 ? floor(maximum) : 0) - first;
    // A memory that V8 refuses must not count.
    if (maximum === undefined || maximum >= 0) last = first + promise(wanted);
  }
  const inPages = (pages: number): unknown => wide && pages >= 0 && pages < Infinity ? toBigInt(floor(pages)) : pages;
  const descriptor = { __proto__: null, initial: inPages(initial), shared } as Record<string, unknown>;
  if (last !== undefined) descriptor.maximum = inPages(last);
  if (wide) descriptor.address = 'i64';
  const memory = construct(original, [descriptor as never], target);
  count(memory, first * PAGE);
  set(known, memory, { __proto__: null, maximum: last!, shared, wide } as unknown as Known);
  if (last! > first) {
    append(tracked().memories, new NativeWeakRef(memory));
    seeToOutcomes(measure);
    tell(MemoryState.MayGrow);
  } else {
    tell(MemoryState.Made);
  }
  return memory;
}

/** `WebAssembly.Memory.prototype.grow`. Its argument is converted once. */
export function growMemory(memory: unknown, delta: unknown): unknown {
  const its = get(known, memory);
  if (its === undefined) return growBy(memory, delta);
  const by = its.wide ? toBigInt(delta as bigint) : +(delta as number);
  const before = bytesOf(memory as object, its);
  const pages = before / PAGE + floor(toNumber(by));
  if (by > 0 && pages <= its.maximum) count(memory as object, pages * PAGE);
  try {
    return growBy(memory, by);
  } finally {
    count(memory as object, bytesOf(memory as object, its));
  }
}

function tell(state: MemoryState): void {
  if (told >= state) return;
  told = state;
  host(HostOp.Memory, state);
}

/** By how many of `pages` the memory may grow. */
function promise(pages: number): number {
  const its = tracked();
  const share = (): number => floor(max(0, PROMISES * most() - its.promised) / PROMISES);
  if (share() < min(pages, most() / 2) && its.memories.length >= its.worth) {
    // Most memories may be garbage, except those of this turn.
    collect();
    recount(its, false);
    its.worth = max(WORTH, 2 * its.memories.length);
  }
  const granted = min(pages, share());
  its.promised += granted;
  return granted;
}

function recount(of: Tracked, measures: boolean): void {
  const before = of.memories;
  of.memories = list();
  of.promised = 0;
  for (let i = 0; i < before.length; i++) {
    const memory = deref(before[i]!);
    if (memory === undefined) continue;
    append(of.memories, before[i]!);
    const its = get(known, memory)!;
    const bytes = bytesOf(memory, its);
    of.promised += its.maximum - bytes / PAGE;
    if (measures) count(memory, bytes);
  }
}

/** Called at the end of a turn, and before an outcome is reported to the host. */
function measure(): void {
  try {
    for (let i = 0; i < all.length; i++) {
      recount(all[i]!, true);
      all[i]!.worth = WORTH;
    }
  } catch {
    host(HostOp.Memory, MemoryState.Exceeded);
  }
}
