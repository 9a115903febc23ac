// Bytes cross through one buffer of the context's own, which the host holds on to: an array that is passed anew each time costs a wrapper of 5 µs, and keeps its memory
// until .NET collects it. No user code ever sees the buffer; views are constructed, because subarray() would ask a species that can be poisoned.
import { host } from './host.ts';
import { NativeUint8Array, bufferOf, byteLengthOf, byteOffsetOf, setBytes } from './intrinsics.ts';
import { HostOp } from './ops.ts';

/** The most that crosses at a time. */
export const TRANSFER_SIZE = 64 * 1024;

let buffer: Uint8Array<ArrayBuffer> | undefined;

/** Must have been called before the host can hand bytes over. */
export function openTransfer(): Uint8Array<ArrayBuffer> {
  if (buffer === undefined) {
    const opened = new NativeUint8Array(TRANSFER_SIZE);
    host(HostOp.Transfer, opened);
    buffer = opened;
  }
  return buffer;
}

const view = (bytes: Uint8Array, from: number, size: number): Uint8Array => new NativeUint8Array(bufferOf(bytes) as ArrayBuffer, byteOffsetOf(bytes) + from, size);

/** What the host has put there, into the first bytes of `target`. */
export function receiveInto(target: Uint8Array, size: number): void {
  setBytes(target, view(openTransfer(), 0, size), 0);
}

/** The same, from an offset of `target` on. */
export function receiveAt(target: Uint8Array, offset: number, size: number): void {
  setBytes(target, view(openTransfer(), 0, size), offset);
}

/** What the host has put there, as an array of its own. */
export function receive(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new NativeUint8Array(size);
  receiveInto(bytes, size);
  return bytes;
}

/** Puts bytes there for the host, from an offset on, as many as fit; says how many. */
export function offer(bytes: Uint8Array, from: number): number {
  const left = byteLengthOf(bytes) - from;
  const size = left < TRANSFER_SIZE ? left : TRANSFER_SIZE;
  setBytes(openTransfer(), from === 0 && size === left ? bytes : view(bytes, from, size), 0);
  return size;
}

/** Hands all bytes over to be kept for the operation that follows. */
export function stage(bytes: Uint8Array): void {
  const length = byteLengthOf(bytes);
  for (let from = 0; from < length;) {
    const size = offer(bytes, from);
    host(HostOp.Stage, size);
    from += size;
  }
}
