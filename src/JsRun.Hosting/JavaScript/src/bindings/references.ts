// Makes host functions and host objects from the numbers under which the host has granted them to this context. A host function is a closure around its number. The host checks on each call
// that the number is one that it has granted to this context.
import { perInstance } from '../kernel/instances.ts';
import { host } from '../kernel/host.ts';
import { createTable, defineProperty, slice } from '../kernel/intrinsics.ts';
import { HostOp } from '../kernel/ops.ts';
import { decode } from '../values/decode.ts';
import { onReference } from '../values/references.ts';
import { callAsync, callSync } from './call.ts';

/** The kinds of references that Bindings/HostReferences.cs keeps. */
const FUNCTION = 'H';
const OBJECT = 'O';

const functions = perInstance(() => createTable<(...args: unknown[]) => unknown>());

function describe(target: object, key: PropertyKey, attributes: object): void {
  defineProperty(target, key, { __proto__: null, ...attributes } as PropertyDescriptor);
}

/** The function that calls the host's function: in an instance always the same one for a number. */
export function hostFunction(id: number): ((...args: unknown[]) => unknown) | undefined {
  const known = functions()[id];
  if (known !== undefined) return known;
  const text = host(HostOp.HostFunction, id) as string | undefined;
  if (text === undefined) return undefined;
  // Arrow functions, because they cannot be constructed, and ignore `this`.
  const f = text[0] === 'a' ? (...args: unknown[]) => callAsync(id, args) : (...args: unknown[]) => callSync(id, args);
  describe(f, 'name', { value: slice(text, 1), configurable: true });
  functions()[id] = f;
  return f;
}

/** A name and a function, or a name, a getter and a setter. */
type Member = [name: string, first: () => unknown, set?: (value: unknown) => unknown];

/** An object with functions and accessor properties that call the host. */
function hostObject(id: number): object | undefined {
  const text = host(HostOp.HostObject, id) as string | undefined;
  if (text === undefined) return undefined;
  const target = {};
  const members = decode(text) as Member[];
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    // Not by destructuring, which would call the array's iterator.
    const name = member[0];
    const first = member[1];
    const set = member[2];
    if (member.length === 2) describe(target, name, { value: first, writable: true, enumerable: true, configurable: true });
    else describe(target, name, { get: () => first(), set: set === undefined ? undefined : (value: unknown) => { set(value); }, enumerable: true, configurable: true });
  }
  return target;
}

// A script may keep these functions and objects: the host forgets its half with the context, or when the binding is replaced.
export function ownBindings(): void {
  onReference(FUNCTION, { find: hostFunction, forget() {} });
  onReference(OBJECT, { find: hostObject, forget() {} });
}
