// Bytes cross through one buffer of the context, which the host keeps: an array that is passed with each call would cost a wrapper of 5 µs, and would keep its memory until .NET collects
// the wrapper. No user code ever sees the buffer. Views are constructed, because subarray() would call a species constructor that user code can define.
import { host } from './host.ts';
import { NativeUint8Array, bufferOf, byteLengthOf, byteOffsetOf, setBytes } from './intrinsics.ts';
import { HostOp } from './ops.ts';

/** The most that crosses at a time. */
export const TRANSFER_SIZE = 64 * 1024;

let buffer: Uint8Array<ArrayBuffer> | undefined;

/** Must be called before the host can put bytes into the buffer. */
export function openTransfer(): Uint8Array<ArrayBuffer> {
  if (buffer === undefined) {
    const opened = new NativeUint8Array(TRANSFER_SIZE);
    host(HostOp.Transfer, opened);
    buffer = opened;
  }
  return buffer;
}

const view = (bytes: Uint8Array, from: number, size: number): Uint8Array => new NativeUint8Array(bufferOf(bytes) as ArrayBuffer, byteOffsetOf(bytes) + from, size);

/** Copies what the host has put into the buffer to the first bytes of `target`. */
export function receiveInto(target: Uint8Array, size: number): void {
  setBytes(target, view(openTransfer(), 0, size), 0);
}

/** The same, from an offset of `target` on. */
export function receiveAt(target: Uint8Array, offset: number, size: number): void {
  setBytes(target, view(openTransfer(), 0, size), offset);
}

/** Copies what the host has put into the buffer to a new array. */
export function receive(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new NativeUint8Array(size);
  receiveInto(bytes, size);
  return bytes;
}

/** Puts as many bytes as fit, from an offset on, into the buffer for the host. Returns how many. */
export function offer(bytes: Uint8Array, from: number): number {
  const left = byteLengthOf(bytes) - from;
  const size = left < TRANSFER_SIZE ? left : TRANSFER_SIZE;
  setBytes(openTransfer(), from === 0 && size === left ? bytes : view(bytes, from, size), 0);
  return size;
}

/** Gives the host all bytes, which it keeps for the operation that follows. */
export function stage(bytes: Uint8Array): void {
  const length = byteLengthOf(bytes);
  for (let from = 0; from < length;) {
    const size = offer(bytes, from);
    host(HostOp.Stage, size);
    from += size;
  }
}
