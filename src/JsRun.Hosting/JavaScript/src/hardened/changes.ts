// Finds what scripts have changed of the built-ins of a context that is not hardened: a function that changes one can only be served from contexts of its own. Reading everything again also finds
// what a script swallows: in a hardened context, a caught assignment or a `Reflect.set` fails silently.
import { createTable, descriptorOf, getPrototypeOf, list, ownKeys } from '../kernel/intrinsics.ts';
import { lazyNames } from '../kernel/lazies.ts';
import { allBuiltins } from '../linker/builtins.ts';
import { GLOBAL_NAMES, GlobalScope, OWN_IN_INSTANCE, SELVES } from '../linker/global-names.ts';
import { RESERVED } from '../linker/names.ts';
import { consoleOf } from '../web/console/console.ts';
import { performanceOf } from '../web/hr-time/performance.ts';
import { memberOf, nameReachable, valuesOfGetters, withoutStacks } from './reach.ts';
import { samples } from './samples.ts';

const { is } = Object;
const { isExtensible } = Reflect;

/** A built-in as it was before scripts ran. */
interface Before {
  readonly object: object;
  readonly name: string;
  readonly prototype: object | null;
  readonly extensible: boolean;
  readonly keys: readonly PropertyKey[];
  readonly properties: readonly PropertyDescriptor[];
}

const builtins = list<Before>();
const globals = createTable<PropertyDescriptor>() as Record<string, PropertyDescriptor | undefined>;

/** Remembers the built-ins. Must be called after the context has been configured, and before any script. */
export function rememberBuiltins(): void {
  for (const [object, name] of withoutStacks(nameBuiltins)) {
    const keys = ownKeys(object);
    builtins[builtins.length] = { __proto__: null, object, name, prototype: getPrototypeOf(object), extensible: isExtensible(object), keys, properties: keys.map((key) => descriptorOf(object, key)!) } as Before;
  }
  for (const name of GLOBAL_NAMES) globals[name] = descriptorOf(globalThis, name);
}

/** What two instances of a hardened context would share. */
function nameBuiltins(): Map<object, string> {
  const hidden = new Set<PropertyKey>(RESERVED);
  // All globals are made, WebAssembly among them.
  for (const key of [...lazyNames(), ...ownKeys(globalThis)]) if (!hidden.has(key)) void Reflect.get(globalThis, key);
  const own = new Set<PropertyKey>([...OWN_IN_INSTANCE, ...SELVES]);
  const roots: [string, unknown][] = [];
  const others: [string, unknown][] = [];
  for (const key of ownKeys(globalThis)) {
    if (hidden.has(key) || own.has(key)) continue;
    const value = Reflect.get(globalThis, key) as unknown;
    roots.push([String(key), value]);
    if (typeof value === 'object' && value !== null) for (const [member, got] of valuesOfGetters(value)) if (member !== '__proto__') roots.push([memberOf(String(key), member), got]);
  }
  for (const builtin of allBuiltins()) if (typeof builtin === 'function') others.push([builtin.name, builtin]);
  roots.push(['Object.getPrototypeOf(globalThis)', getPrototypeOf(globalThis)]);
  // These belong to an instance, but their methods and what they inherit do not.
  for (const [name, object] of [['console', consoleOf()], ['performance', performanceOf()]] as const) {
    others.push([`Object.getPrototypeOf(${name})`, getPrototypeOf(object)]);
    for (const key of ownKeys(object)) others.push([memberOf(name, key), descriptorOf(object, key)!.value]);
  }
  for (const sample of samples()) {
    if (typeof sample !== 'object' || sample === null) continue;
    const name = `Object.getPrototypeOf(${Object.prototype.toString.call(sample)})`;
    others.push([name, getPrototypeOf(sample)], ...valuesOfGetters(sample).map(([, value]): [string, unknown] => [name, typeof value === 'object' && value !== null ? getPrototypeOf(value) : value]));
  }
  const names = nameReachable([roots, others], globalThis);
  names.delete(consoleOf());
  names.delete(performanceOf());
  return names;
}

/** The first built-in that is not as it was, or nothing. */
export function changedBuiltin(): string {
  for (let i = 0; i < builtins.length; i++) {
    const { object, name, prototype, extensible, keys, properties } = builtins[i]!;
    const now = ownKeys(object);
    for (let k = 0; k < keys.length; k++) if (isOther(properties[k]!, descriptorOf(object, keys[k]!))) return memberOf(name, keys[k]!);
    if (now.length !== keys.length) return memberOf(name, added(keys, now));
    if (getPrototypeOf(object) !== prototype) return `the prototype of ${name}`;
    if (isExtensible(object) !== extensible) return name;
  }
  return '';
}

/** How the names of globals have to be compiled for what scripts did to them. */
export function scopeOfGlobals(): GlobalScope {
  let scope = GlobalScope.Direct;
  for (let i = 0; i < GLOBAL_NAMES.length; i++) {
    const before = globals[GLOBAL_NAMES[i]!];
    if (before === undefined) continue;
    const now = descriptorOf(globalThis, GLOBAL_NAMES[i]!);
    if (now === undefined || 'get' in now) return GlobalScope.Object;
    if (isOther(before, now)) scope = GlobalScope.Variables;
  }
  return scope;
}

function isOther(before: PropertyDescriptor, now: PropertyDescriptor | undefined): boolean {
  return now === undefined || !is(now.value, before.value) || now.get !== before.get || now.set !== before.set
    || now.writable !== before.writable || now.enumerable !== before.enumerable || now.configurable !== before.configurable;
}

/** None was removed, so one of them is new. */
function added(before: readonly PropertyKey[], now: readonly PropertyKey[]): PropertyKey {
  for (let i = 0; i < now.length; i++) {
    let known = false;
    for (let k = 0; k < before.length && !known; k++) known = before[k] === now[i];
    if (!known) return now[i]!;
  }
  return '';
}
