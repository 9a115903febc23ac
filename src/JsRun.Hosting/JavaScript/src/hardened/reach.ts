// Finds every object that is reachable from some roots: through properties, accessors and what they return, and prototypes.
const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null || typeof value === 'function';

/** @param without is neither visited nor returned: the real global object */
export const reachableFrom = (roots: readonly unknown[], without: object): Iterable<object> => nameReachable([roots.map((root) => ['', root])], without).keys();

/**
 * Finds them as well, and names each by the shortest way to it.
 * @param groups roots by name: what only a later group leads to gets its name from there
 * @param without as above
 */
export function nameReachable(groups: readonly (readonly (readonly [name: string, value: unknown])[])[], without: object): Map<object, string> {
  const names = new Map<object, string>();
  const waiting: object[] = [];
  const add = (value: unknown, name: string): void => {
    if (!isObject(value) || value === without || names.has(value)) return;
    names.set(value, name);
    waiting.push(value);
  };
  const follow = (object: object): void => {
    const name = names.get(object)!;
    for (const key of ownKeys(object)) {
      const descriptor = getOwnPropertyDescriptor(object, key)!;
      const { get } = descriptor;
      const member = memberOf(name, key);
      add(descriptor.value, member);
      // Mended methods, and objects that only a getter returns.
      if (get !== undefined) add(read(get, object), member);
      add(get, `the getter of ${member}`);
      add(descriptor.set, `the setter of ${member}`);
    }
    add(getPrototypeOf(object), `Object.getPrototypeOf(${name})`);
  };
  let next = 0;
  for (const roots of groups) {
    for (const [name, root] of roots) add(root, name);
    for (; next < waiting.length; next++) follow(waiting[next]!);
  }
  return names;
}

/** What the author of a script calls a property. */
export const memberOf = (holder: string, key: PropertyKey): string => typeof key === 'symbol' ? `${holder}[${key.description ?? 'a symbol'}]` : `${holder}.${key}`;

/** Nothing if it is a getter of another kind of object, and throws. */
function read(get: () => unknown, object: object): unknown {
  try {
    const value = apply(get, object, []);
    // A rejected one would be reported.
    if (value instanceof Promise) value.catch(() => { /* it is of another kind of object */ });
    return value;
  } catch {
    return undefined;
  }
}

/** What the getters of the object, own and inherited, return for it, by name. */
export function valuesOfGetters(object: object): (readonly [key: PropertyKey, value: unknown])[] {
  const values: [PropertyKey, unknown][] = [];
  for (let holder: object | null = object; holder !== null; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) {
      const { get } = getOwnPropertyDescriptor(holder, key)!;
      if (get !== undefined) values.push([key, read(get, object)]);
    }
  }
  return values;
}

/** Most getters throw for the wrong object, and to describe the stack takes V8 longer than everything else. */
export function withoutStacks<T>(act: () => T): T {
  const descriptor = getOwnPropertyDescriptor(Error, 'stackTraceLimit')!;
  Reflect.defineProperty(Error, 'stackTraceLimit', { value: 0 });
  try {
    return act();
  } finally {
    Reflect.defineProperty(Error, 'stackTraceLimit', descriptor);
  }
}
