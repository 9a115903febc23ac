// Host functions and host objects where the wire refers to them: a closure around the number that the host granted this context. Nothing else leads to a host function, and the host
// looks again whether the number is one that it granted here.
import { host } from '../kernel/host.ts';
import { createTable, defineProperty, slice } from '../kernel/intrinsics.ts';
import { HostOp } from '../kernel/ops.ts';
import { decode } from '../values/decode.ts';
import { onReference } from '../values/references.ts';
import { callAsync, callSync } from './call.ts';

/** The host's names for them: Bindings/HostReferences.cs. */
const FUNCTION = 'H';
const OBJECT = 'O';

const functions = createTable<(...args: unknown[]) => unknown>();

function describe(target: object, key: PropertyKey, attributes: object): void {
  defineProperty(target, key, { __proto__: null, ...attributes } as PropertyDescriptor);
}

/** The function that calls the host's, the same one each time. */
export function hostFunction(id: number): ((...args: unknown[]) => unknown) | undefined {
  const known = functions[id];
  if (known !== undefined) return known;
  const text = host(HostOp.HostFunction, id) as string | undefined;
  if (text === undefined) return undefined;
  // Arrow functions: nobody can construct them, and what they are called on makes no difference.
  const f = text[0] === 'a' ? (...args: unknown[]) => callAsync(id, args) : (...args: unknown[]) => callSync(id, args);
  describe(f, 'name', { value: slice(text, 1), configurable: true });
  functions[id] = f;
  return f;
}

/** A name and a function, or a name, a getter and a setter. */
type Member = [name: string, first: () => unknown, set?: (value: unknown) => unknown];

/** An object of functions and of properties that ask the host. */
function hostObject(id: number): object | undefined {
  const text = host(HostOp.HostObject, id) as string | undefined;
  if (text === undefined) return undefined;
  const target = {};
  const members = decode(text) as Member[];
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    // Not by pattern, which would ask the array's iterator.
    const name = member[0];
    const first = member[1];
    const set = member[2];
    if (member.length === 2) describe(target, name, { value: first, writable: true, enumerable: true, configurable: true });
    else describe(target, name, { get: () => first(), set: set === undefined ? undefined : (value: unknown) => { set(value); }, enumerable: true, configurable: true });
  }
  return target;
}

// What was made for a script is the script's: the host forgets its half with the context, or when the binding is replaced.
export function ownBindings(): void {
  onReference(FUNCTION, { find: hostFunction, forget() {} });
  onReference(OBJECT, { find: hostObject, forget() {} });
}
