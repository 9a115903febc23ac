// The crossing of an operation: its bytes are staged, and the host answers at once or, if the operation takes long, later.
import { onEntry } from '../../kernel/entries.ts';
import { begun, ended, enqueue, type HostCalls, hostCalls, mustWait } from '../../kernel/host-calls.ts';
import { host } from '../../kernel/host.ts';
import { byteLengthOf, createTable, defineProperty, indexOf, list, NativePromise, NativeUint8Array, ours, setBytes, setPrototypeOf, slice, type Table } from '../../kernel/intrinsics.ts';
import { EntryOp, HostOp, PENDING } from '../../kernel/ops.ts';
import { openTransfer, receive, stage, TRANSFER_SIZE } from '../../kernel/transfer.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import type { KeySlots } from './crypto-key.ts';
import { CryptoAlgorithm, CryptoHash, CryptoKeyFormat, type CryptoOperation } from './numbers.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Call {
  algorithm?: CryptoAlgorithm;
  hash?: CryptoHash;
  format?: CryptoKeyFormat;
  key?: KeySlots;
  other?: KeySlots;
  number?: number;
  iterations?: number;
}

interface Waiting { resolve(bytes: Bytes): void; reject(reason: unknown): void; call: Call; size: number; of: HostCalls }

const PREFIX = 4;

const waiting: Table<Waiting> = createTable();
const away = hostCalls();
let lastCall = 0;

/** Lets the host run the operation. The bytes of the sections are copied before this returns. */
export function run(operation: CryptoOperation, call: Call, ...sections: Uint8Array[]): Promise<Bytes> { return runAll(operation, call, sections); }

/** The same with a list of sections: to spread one would call its iterator, which user code can replace. */
export function runAll(operation: CryptoOperation, call: Call, sections: Uint8Array[]): Promise<Bytes> {
  // Without a prototype: a getter on Object.prototype would see the keys.
  setPrototypeOf(call, null);
  let size = 0;
  for (let i = 0; i < sections.length; i++) size += PREFIX + byteLengthOf(sections[i]!);
  return ours(new NativePromise<Bytes>((resolve, reject) => {
    const of = away();
    if (mustWait(of, size)) {
      for (let i = 0; i < sections.length; i++) sections[i] = copyOf(sections[i]!);
      enqueue(of, () => { begin(operation, call, sections, size, of, resolve, reject); });
    } else {
      begin(operation, call, sections, size, of, resolve, reject);
    }
  }));
}

export function copyOf(bytes: Uint8Array): Bytes {
  const copy = new NativeUint8Array(byteLengthOf(bytes));
  setBytes(copy, bytes, 0);
  return copy;
}

function begin(operation: CryptoOperation, call: Call, sections: Uint8Array[], size: number, of: HostCalls, resolve: Waiting['resolve'], reject: Waiting['reject']): void {
  send(sections, size);
  const id = ++lastCall;
  const { algorithm = CryptoAlgorithm.Digest, hash = CryptoHash.None, format = CryptoKeyFormat.Raw, key, other, number = 0, iterations = 0 } = call;
  const answer = host(HostOp.Crypto, id, operation, algorithm, hash, format, key === undefined ? 0 : key.handle, other === undefined ? 0 : other.handle, number, iterations) as number | string;
  if (answer === PENDING) {
    begun(of, size);
    // The call holds its keys until it is done.
    waiting[id] = { resolve, reject, call, size, of };
  } else {
    settle(id, answer, resolve, reject);
  }
}

function send(sections: Uint8Array[], size: number): void {
  const transfer = openTransfer();
  if (size > TRANSFER_SIZE) {
    for (let i = 0; i < sections.length; i++) {
      const prefix = new NativeUint8Array(PREFIX);
      writeLength(prefix, 0, byteLengthOf(sections[i]!));
      stage(prefix);
      stage(sections[i]!);
    }
    return;
  }
  let at = 0;
  for (let i = 0; i < sections.length; i++) {
    const section = sections[i]!;
    writeLength(transfer, at, byteLengthOf(section));
    setBytes(transfer, section, at + PREFIX);
    at += PREFIX + byteLengthOf(section);
  }
  host(HostOp.Stage, size);
}

function writeLength(to: Uint8Array, at: number, length: number): void {
  to[at] = length;
  to[at + 1] = length >> 8;
  to[at + 2] = length >> 16;
  to[at + 3] = length >> 24;
}

/** A promise that is resolved with an array reads its `then`: these bytes must not reach a `then` of Object.prototype. User code only receives their buffer. */
export function shield(bytes: Bytes): Bytes {
  defineProperty(bytes, 'then', { __proto__: null, value: undefined } as PropertyDescriptor);
  return bytes;
}

/** A number of four bytes, in little endian. */
export const readNumber = (from: Uint8Array, at: number): number => from[at]! | from[at + 1]! << 8 | from[at + 2]! << 16 | from[at + 3]! << 24;

/** The byte strings of a list. */
export function readList(from: Uint8Array): Bytes[] {
  const all = list<Bytes>();
  for (let at = 0; at < byteLengthOf(from);) {
    const length = readNumber(from, at);
    const bytes = new NativeUint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = from[at + PREFIX + i]!;
    all[all.length] = bytes;
    at += PREFIX + length;
  }
  return all;
}

function settle(id: number, answer: number | string, resolve: Waiting['resolve'], reject: Waiting['reject']): void {
  if (typeof answer === 'string') {
    const end = indexOf(answer, '\n');
    reject(new DOMException(slice(answer, end + 1), slice(answer, 0, end)));
    return;
  }
  try {
    resolve(shield(answer <= TRANSFER_SIZE ? receive(answer) : receiveAll(id, answer)));
  } catch (error) {
    // There is too much input in the host already.
    host(HostOp.CryptoDrop, id);
    reject(error);
  }
}

function receiveAll(id: number, size: number): Bytes {
  const bytes = new NativeUint8Array(size);
  let count = TRANSFER_SIZE;
  for (let at = 0; at < size; at += count, count = at < size ? host(HostOp.CryptoRead, id) as number : 0) setBytes(bytes, receive(count), at);
  return bytes;
}

onEntry(EntryOp.CryptoDone, (id: number, answer: number | string) => {
  const found = waiting[id];
  if (found === undefined) return;
  delete waiting[id];
  settle(id, answer, found.resolve, found.reject);
  ended(found.of, found.size);
});
