// Finds every object that is reachable from some roots: through properties, accessors, prototypes, and what the getters that an object inherits return for it.
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
      add(descriptor.value);
      add(descriptor.get);
      add(descriptor.set);
    }
    add(getPrototypeOf(object));
  }
  return seen;
}

/** What the getters of the object, own and inherited, return for it. A getter that throws returns nothing. */
export function valuesOfGetters(object: object): unknown[] {
  const values: unknown[] = [];
  for (let holder: object | null = object; holder !== null; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) {
      const get = getOwnPropertyDescriptor(holder, key)!.get;
      if (get === undefined) continue;
      try {
        values.push(apply(get, object, []));
      } catch { /* it is a getter of another kind of object */ }
    }
  }
  return values;
}
