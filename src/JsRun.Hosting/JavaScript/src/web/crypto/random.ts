// Random values from a pool, because a crossing costs more than the few bytes that most calls want. The first few calls of a context get their bytes directly from the host.
import { host } from '../../kernel/host.ts';
import { list, NativeUint8Array } from '../../kernel/intrinsics.ts';
import { HostOp } from '../../kernel/ops.ts';
import { openTransfer, receiveInto } from '../../kernel/transfer.ts';

const POOL = 1024;
const SMALL = 64;
const SINGLE = 8;

let asked = 0;
let pool: Uint8Array | undefined;
let at = POOL;
let hex: string[] | undefined;

/** Fills the array, of at most the transfer buffer's size. */
export function fillRandom(bytes: Uint8Array, length: number): void {
  if (length > SMALL || asked < SINGLE) {
    asked++;
    openTransfer();
    host(HostOp.RandomFill, length);
    receiveInto(bytes, length);
    return;
  }
  const from = take(length);
  for (let i = 0; i < length; i++) {
    bytes[i] = pool![from + i]!;
    // Bytes that were given out are not kept.
    pool![from + i] = 0;
  }
}

/** Where the next bytes of the pool begin. */
function take(length: number): number {
  if (pool === undefined || at + length > POOL) {
    pool ??= new NativeUint8Array(POOL);
    openTransfer();
    host(HostOp.RandomFill, POOL);
    receiveInto(pool, POOL);
    at = 0;
  }
  const from = at;
  at += length;
  return from;
}

/** A version 4 UUID. */
export function randomUuid(): string {
  if (asked < SINGLE) {
    asked++;
    return host(HostOp.RandomUuid) as string;
  }
  if (hex === undefined) {
    hex = list();
    const digits = '0123456789abcdef';
    for (let i = 0; i < 256; i++) hex[i] = digits[i >> 4]! + digits[i & 15]!;
  }
  const h = hex;
  const i = take(16);
  const b = pool!;
  const uuid = `${h[b[i]!]!}${h[b[i + 1]!]!}${h[b[i + 2]!]!}${h[b[i + 3]!]!}-${h[b[i + 4]!]!}${h[b[i + 5]!]!}-${h[b[i + 6]! & 0x0f | 0x40]!}${h[b[i + 7]!]!}-${h[b[i + 8]! & 0x3f | 0x80]!}${h[b[i + 9]!]!}-${h[b[i + 10]!]!}${h[b[i + 11]!]!}${h[b[i + 12]!]!}${h[b[i + 13]!]!}${h[b[i + 14]!]!}${h[b[i + 15]!]!}`;
  for (let k = 0; k < 16; k++) b[i + k] = 0;
  return uuid;
}
