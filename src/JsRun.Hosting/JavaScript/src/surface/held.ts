// Counts memory that V8's allocator of ArrayBuffers does not allocate: that of WebAssembly and of resizable buffers. For each owner a placeholder, an ArrayBuffer of the same size, is allocated:
// the allocator counts it in MaxArrayBufferBytes, V8 considers it when it decides to collect garbage, and it lives as long as its owner. No code writes to a placeholder, so that the operating
// system gives it no memory.
import { settings } from '../kernel/settings.ts';
import { host } from '../kernel/host.ts';
import { list, NativeArrayBuffer, NativeRangeError, NativeWeakMap, transferBuffer, uncurry, weakMapGet, weakMapSet } from '../kernel/intrinsics.ts';
import { HostOp, MemoryState } from '../kernel/ops.ts';

interface Holding { bytes: number; parts: ArrayBuffer[] }

const transfer = uncurry(transferBuffer) as (buffer: ArrayBuffer, length: number) => ArrayBuffer;
const get = uncurry(weakMapGet) as (map: WeakMap<object, Holding>, key: object) => Holding | undefined;
const set = uncurry(weakMapSet) as (map: WeakMap<object, Holding>, key: object, value: Holding) => void;
const holdings = new NativeWeakMap<object, Holding>();

/** How many bytes the owner holds; undefined if it has never held any. */
export const heldBy = (owner: object): number | undefined => get(holdings, owner)?.bytes;

/**
 * Sets how many bytes `owner` holds.
 * @throws RangeError if that exceeds the limit; then the owner holds as many as before.
 */
export function hold(owner: object, bytes: number, what: string): void {
  let holding = get(holdings, owner);
  if (holding === undefined) set(holdings, owner, holding = { __proto__: null, bytes: 0, parts: list<ArrayBuffer>() } as unknown as Holding);
  if (bytes < holding.bytes) {
    release(holding);
  }
  if (bytes > holding.bytes) {
    holding.parts[holding.parts.length] = placeholder(bytes - holding.bytes, what);
    holding.bytes = bytes;
  }
}

/** Moves the memory that `from` holds to `to`. */
export function moveHolding(from: object, to: object): void {
  const holding = get(holdings, from);
  if (holding === undefined) return;
  set(holdings, to, { __proto__: null, bytes: holding.bytes, parts: holding.parts } as unknown as Holding);
  holding.bytes = 0;
  holding.parts = list<ArrayBuffer>();
}

/** Makes V8 collect all garbage, as it does before it refuses an ArrayBuffer. */
export function collect(): void {
  try {
    host(HostOp.Memory, MemoryState.Short);
    new NativeArrayBuffer(settings.maxWasmBytes + 1);
  } catch { /* of course */ }
}

function placeholder(bytes: number, what: string): ArrayBuffer {
  try {
    return new NativeArrayBuffer(bytes);
  } catch { /* memories that were read through a WeakRef in this turn are kept until the turn ends */ }
  try {
    host(HostOp.Memory, MemoryState.Short);
    return new NativeArrayBuffer(bytes);
  } catch {
    throw new NativeRangeError(`${what}: ${bytes} more bytes do not fit into MaxArrayBufferBytes (${settings.maxWasmBytes} bytes for all)`);
  }
}

/** Frees a placeholder at once, and not when it is collected. */
function release(holding: Holding): void {
  for (let i = 0; i < holding.parts.length; i++) transfer(holding.parts[i]!, 0);
  holding.parts.length = 0;
  holding.bytes = 0;
}
