// References: objects that stay on their side of the crossing, and that the other side knows by a number. Owners register by kind: functions here, streams and bindings in other folders.
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

/** A function's name for the host's messages; empty if it is not a short string without a semicolon. Reading it may run a trap of a proxy. */
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
  /** Returns the object that a number from the host stands for. */
  find(id: number): unknown;
  /** The host did not receive the object after all. */
  forget(id: number): void;
}

const owners = { __proto__: null } as unknown as Record<string, ReferenceOwner | undefined>;

let ownLate: (kind: string) => void = () => {};

/** Sets the function that registers the owners in lazy chunks (lazy.mjs), when the first of their references comes. */
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

/** Keeps an object and returns its number, or undefined if the object only has the prototype of such objects. */
export type Keep = (value: object) => number | undefined;

export interface Kept { kind: string; keep: Keep }

onReference(ReferenceKind.Function, { find: (id) => findFunction(id)?.f, forget: forgetFunction });
