// Finds every object that is reachable from some roots: through properties, accessors and what they return, and prototypes.
const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null || typeof value === 'function';

/** @param without is neither visited nor returned: the real global object */
export function reachableFrom(roots: readonly unknown[], without: object): Set<object> {
  const seen = new Set<object>();
  const waiting: object[] = [];
  const add = (value: unknown): void => {
    if (!isObject(value) || value === without || seen.has(value)) return;
    seen.add(value);
    waiting.push(value);
  };
  for (const root of roots) add(root);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const object = next;
    for (const key of ownKeys(object)) {
      const descriptor = getOwnPropertyDescriptor(object, key)!;
      const { get } = descriptor;
      add(descriptor.value);
      add(get);
      add(descriptor.set);
      // Mended methods, and objects that only a getter returns.
      if (get !== undefined) add(read(get, object));
    }
    add(getPrototypeOf(object));
  }
  return seen;
}

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

/** What the getters of the object, own and inherited, return for it. */
export function valuesOfGetters(object: object): unknown[] {
  const values: unknown[] = [];
  for (let holder: object | null = object; holder !== null; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) {
      const { get } = getOwnPropertyDescriptor(holder, key)!;
      if (get !== undefined) values.push(read(get, object));
    }
  }
  return values;
}
