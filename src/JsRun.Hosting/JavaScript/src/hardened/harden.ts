// Hardens a context: two instances in it can share nothing but what is immutable. What both can reach before their own code has run is frozen, and each gets a global object of its own.
import { useBase } from '../kernel/instance-global.ts';
import { type Instance, useInstances } from '../kernel/instances.ts';
import { lazyNames } from '../kernel/lazies.ts';
import { settings } from '../kernel/settings.ts';
import { allBuiltins } from '../linker/builtins.ts';
import { OWN_IN_INSTANCE, SELVES } from '../linker/global-names.ts';
import { RESERVED } from '../linker/names.ts';
import { consoleOf } from '../web/console/console.ts';
import { performanceOf } from '../web/hr-time/performance.ts';
import { mendAll } from './mend.ts';
import { reachableFrom, valuesOfGetters, withoutStacks } from './reach.ts';
import { samples } from './samples.ts';

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

const hidden = new Set<PropertyKey>(RESERVED);

/** Must be called after the context has been configured and the channels of the language have been closed (surface/channels.ts), and before any script. */
export function harden(): void {
  if (settings.surface !== 'Contained') throw new TypeError('Only a contained context can be hardened: code from strings runs in the real global scope');
  useInstances();
  // All globals are made, WebAssembly among them.
  for (const key of [...lazyNames(), ...ownKeys(globalThis)]) if (!hidden.has(key)) void Reflect.get(globalThis, key);
  const properties = describeGlobals();
  mendAll([...ownKeys(properties).map((key) => properties[key]!.value as unknown), ...allBuiltins()]);
  for (const object of withoutStacks(() => allShared(properties))) if (!ArrayBuffer.isView(object)) Object.freeze(object);
  Object.freeze(globalThis);
  useBase({
    properties,
    keys: ownKeys(properties),
    own: {
      __proto__: null,
      ...Object.fromEntries(SELVES.map((name) => [name, (instance: Instance) => instance.global])),
      console: consoleOf,
      performance: performanceOf,
    } as never,
    prototype: getPrototypeOf(globalThis)!,
  });
}

/** The properties that scripts see, as they are in a context that is not hardened. */
function describeGlobals(): Record<PropertyKey, PropertyDescriptor> {
  const properties = { __proto__: null } as unknown as Record<PropertyKey, PropertyDescriptor>;
  for (const key of ownKeys(globalThis)) {
    if (hidden.has(key)) continue;
    const descriptor = getOwnPropertyDescriptor(globalThis, key)!;
    Object.setPrototypeOf(descriptor, null);
    properties[key] = descriptor;
  }
  return properties;
}

/** Everything that two instances can reach before their own code has run. */
function allShared(properties: Record<PropertyKey, PropertyDescriptor>): Iterable<object> {
  const own = new Set<PropertyKey>([...OWN_IN_INSTANCE, ...SELVES]);
  // What modules import is reachable from no global.
  const roots: unknown[] = [getPrototypeOf(globalThis), ...allBuiltins()];
  for (const key of ownKeys(properties)) {
    const { value, get, set } = properties[key]!;
    if (!own.has(key)) roots.push(value);
    roots.push(get, set);
  }
  for (const sample of samples()) {
    roots.push(sample);
    if (typeof sample === 'object' && sample !== null) roots.push(...valuesOfGetters(sample).map(([, value]) => value));
  }
  // Their methods are the same functions in each instance.
  roots.push(consoleOf(), performanceOf());
  return reachableFrom(roots, globalThis);
}
