// Memory that V8's allocator of ArrayBuffers does not see: WebAssembly's, and that of buffers that change their size. A placeholder of the same size makes it count: the allocator
// counts that in MaxArrayBufferBytes and collects before it refuses, V8 reckons with it when it decides to collect, and it lives as long as its owner, in whatever context that is.
// Nobody touches a placeholder, so the system gives it no memory.
import { settings } from '../kernel/settings.ts';
import { host } from '../kernel/host.ts';
import { list, NativeArrayBuffer, NativeRangeError, NativeWeakMap, transferBuffer, uncurry, weakMapGet, weakMapSet } from '../kernel/intrinsics.ts';
import { HostOp, MemoryState } from '../kernel/ops.ts';

interface Holding { bytes: number; parts: ArrayBuffer[] }

const transfer = uncurry(transferBuffer) as (buffer: ArrayBuffer, length: number) => ArrayBuffer;
const get = uncurry(weakMapGet) as (map: WeakMap<object, Holding>, key: object) => Holding | undefined;
const set = uncurry(weakMapSet) as (map: WeakMap<object, Holding>, key: object, value: Holding) => void;
const holdings = new NativeWeakMap<object, Holding>();

/** What it holds, in bytes; undefined where it was never asked to. */
export const heldBy = (owner: object): number | undefined => get(holdings, owner)?.bytes;

/**
 * From here on `owner` holds so many bytes.
 * @throws RangeError where that is past the limit; then it holds what it held before.
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

/** `to` has the memory that `from` had, and `from` none. */
export function moveHolding(from: object, to: object): void {
  const holding = get(holdings, from);
  if (holding === undefined) return;
  set(holdings, to, { __proto__: null, bytes: holding.bytes, parts: holding.parts } as unknown as Holding);
  holding.bytes = 0;
  holding.parts = list<ArrayBuffer>();
}

/** Has V8 collect all that it can: what it does before it refuses an ArrayBuffer. */
export function collect(): void {
  try {
    host(HostOp.Memory, MemoryState.Short);
    new NativeArrayBuffer(settings.maxWasmBytes + 1);
  } catch { /* of course */ }
}

function placeholder(bytes: number, what: string): ArrayBuffer {
  try {
    return new NativeArrayBuffer(bytes);
  } catch { /* the memories of this very turn are kept until it ends, because they are looked at */ }
  try {
    host(HostOp.Memory, MemoryState.Short);
    return new NativeArrayBuffer(bytes);
  } catch {
    throw new NativeRangeError(`${what}: ${bytes} more bytes do not fit into MaxArrayBufferBytes (${settings.maxWasmBytes} bytes for all)`);
  }
}

/** At once, and not when it is collected. */
function release(holding: Holding): void {
  for (let i = 0; i < holding.parts.length; i++) transfer(holding.parts[i]!, 0);
  holding.parts.length = 0;
  holding.bytes = 0;
}
