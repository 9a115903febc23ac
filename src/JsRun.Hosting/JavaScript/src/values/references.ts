// What stays on its side of the crossing and is known on the other by a number. The rooms that own such things (functions here, streams elsewhere) say how.
import { createTable, getOwnPropertyDescriptor, indexOf } from '../kernel/intrinsics.ts';
import { ConversionError } from './conversion-error.ts';
import { ReferenceKind } from './wire.ts';

interface FunctionEntry { f: (...args: unknown[]) => unknown; receiver: unknown }

const MOST_NAME = 50;

const functions = createTable<FunctionEntry>();
let lastFunction = 0;

export function keepFunction(f: (...args: unknown[]) => unknown, receiver: unknown): number {
  functions[++lastFunction] = { f, receiver };
  return lastFunction;
}

/** A function's name for the host's messages, or nothing where it has none that is short and plain. Reading it may run a trap. */
export function functionName(f: object): string {
  try {
    const name: unknown = getOwnPropertyDescriptor(f, 'name')?.value;
    return typeof name === 'string' && name.length <= MOST_NAME && indexOf(name, ';') < 0 ? name : '';
  } catch {
    return '';
  }
}

export function findFunction(id: number): FunctionEntry | undefined { return functions[id]; }

export function forgetFunction(id: number): void { delete functions[id]; }

export interface ReferenceOwner {
  /** The thing that the host sent back, or meant. */
  find(id: number): unknown;
  /** It did not get across after all. */
  forget(id: number): void;
}

const owners = { __proto__: null } as unknown as Record<string, ReferenceOwner | undefined>;

let ownLate: (kind: string) => void = () => {};

/** Who names the owners in lazy rooms (lazy.mjs), once something of theirs comes. */
export function ownLateBy(own: (kind: string) => void): void { ownLate = own; }

/** @param kind one letter, the host's name for what this owner keeps */
export function onReference(kind: string, owner: ReferenceOwner): void { owners[kind] = owner; }

export function findReference(kind: string, id: number): unknown {
  if (owners[kind] === undefined) ownLate(kind);
  const found = owners[kind]?.find(id);
  if (found === undefined) throw new ConversionError('What is sent is no longer there');
  return found;
}

export function forgetReference(kind: string, id: number): void { owners[kind]?.forget(id); }

/** By the prototype of what is to stay here: gives its number, or undefined where it only looks like it. */
export type Keep = (value: object) => number | undefined;

export interface Kept { kind: string; keep: Keep }

onReference(ReferenceKind.Function, { find: (id) => findFunction(id)?.f, forget: forgetFunction });
