// WebIDL: the iterators of pair iterables: live, by index, on a prototype of their own.
type Pair = Record<PropertyKey, unknown>;
type Kind = 'entries' | 'keys' | 'values';

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

/** Returns a function that makes iterators over the pairs that `pairsOf` returns at each step; `key` and `value` are the indexes of a pair's halves. */
export function definePairIterator<T extends object>(
  name: string, pairsOf: (target: T) => readonly object[], key: PropertyKey = 0, value: PropertyKey = 1,
): (target: T, kind: Kind) => IterableIterator<unknown> {
  const states = new WeakMap<object, { target: T; kind: Kind; index: number }>();
  const prototype = Object.create(iteratorPrototype, { [Symbol.toStringTag]: { value: `${name} Iterator`, configurable: true } }) as object;
  Object.assign(prototype, {
    next(this: object): IteratorResult<unknown> {
      const state = states.get(this);
      if (state === undefined) throw new TypeError(`next() called on an object that is no ${name} iterator`);
      const pair = pairsOf(state.target)[state.index++] as Pair | undefined;
      if (pair === undefined) return { value: undefined, done: true };
      return { value: state.kind === 'entries' ? [pair[key], pair[value]] : pair[state.kind === 'keys' ? key : value], done: false };
    },
  });
  return (target, kind) => {
    const iterator = Object.create(prototype) as IterableIterator<unknown>;
    states.set(iterator, { target, kind, index: 0 });
    return iterator;
  };
}

/** Defines the members of a pair iterable on a class. `brand` throws if its argument is not an instance. */
export function mixinPairIterable<T extends object>(
  target: { prototype: T }, name: string, brand: (value: unknown) => void, pairsOf: (target: T) => readonly object[], key: PropertyKey = 0, value: PropertyKey = 1,
): void {
  const iterate = definePairIterator(name, pairsOf, key, value);
  const members = {
    entries(this: T) { brand(this); return iterate(this, 'entries'); },
    keys(this: T) { brand(this); return iterate(this, 'keys'); },
    values(this: T) { brand(this); return iterate(this, 'values'); },
    forEach(this: T, callback: (value: unknown, key: unknown, target: T) => void, self: unknown = undefined): void {
      brand(this);
      if (typeof callback !== 'function') throw new TypeError(`${name}.forEach: the callback is not a function`);
      for (let i = 0; i < pairsOf(this).length; i++) {
        const pair = pairsOf(this)[i] as Pair;
        Reflect.apply(callback, self, [pair[value], pair[key], this]);
      }
    },
  };
  Object.assign(target.prototype, members);
  Object.defineProperty(target.prototype, Symbol.iterator, { value: members.entries, writable: true, configurable: true });
}
