// Module namespace exotic objects. The proxy's target has the same keys with the same attributes, so that the invariants of proxies are the namespace's own.
import {
  append, create, defineProperty, deleteProperty, getOwnPropertyDescriptor, hasOwn, is, list, ownKeys, preventExtensions, ProxyOf, sort, table, toStringTag,
} from './intrinsics.ts';
import type { Getter, ModuleRecord } from './record.ts';
import { exportedNames, resolveExport, type Resolution } from './resolve.ts';

export function namespaceOf(module: ModuleRecord): object {
  return module.namespace ??= createNamespace(module);
}

export function getterOf({ module, local, index }: Resolution): Getter {
  return local === null ? () => namespaceOf(module) : module.getters[index]!;
}

function createNamespace(module: ModuleRecord): object {
  const candidates = ownKeys(exportedNames(module)) as string[];
  sort(candidates);
  const getters = table<Getter>();
  const names = list<string | symbol>();
  const target = create(null) as object;
  for (let i = 0; i < candidates.length; i++) {
    const name = candidates[i]!;
    const resolved = resolveExport(module, name);
    // A name that two `export *` declarations export is left out.
    if (resolved.kind !== 'found') continue;
    getters[name] = getterOf(resolved);
    append(names, name);
    defineProperty(target, name, { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false } as PropertyDescriptor);
  }
  append(names, toStringTag);
  defineProperty(target, toStringTag, { __proto__: null, value: 'Module', writable: false, enumerable: false, configurable: false } as PropertyDescriptor);
  preventExtensions(target);
  return new ProxyOf(target, handlerOf(getters, names));
}

/** Traps for what differs from the target; without a prototype, so that nobody can add others. */
function handlerOf(getters: Record<string, Getter>, names: (string | symbol)[]): ProxyHandler<object> {
  const read = (key: string): PropertyDescriptor | undefined => {
    const getter = getters[key];
    return getter && { __proto__: null, value: getter(), writable: true, enumerable: true, configurable: false } as PropertyDescriptor;
  };
  return {
    __proto__: null,
    get(target: object, key: string | symbol) {
      if (typeof key === 'symbol') return (target as Record<symbol, unknown>)[key];
      return getters[key]?.();
    },
    has: (target: object, key: string | symbol) => hasOwn(target, key),
    set: () => false,
    deleteProperty: (target: object, key: string | symbol) => typeof key === 'symbol' ? deleteProperty(target, key) : !hasOwn(target, key),
    // Sorted, even if a name is written like an index.
    ownKeys: () => names,
    getOwnPropertyDescriptor: (target: object, key: string | symbol) => typeof key === 'symbol' ? getOwnPropertyDescriptor(target, key) : read(key),
    defineProperty(target: object, key: string | symbol, descriptor: PropertyDescriptor) {
      if (typeof key === 'symbol') return defineProperty(target, key, descriptor);
      const current = read(key);
      if (current === undefined || hasOwn(descriptor, 'get') || hasOwn(descriptor, 'set')) return false;
      if (hasOwn(descriptor, 'configurable') && descriptor.configurable) return false;
      if (hasOwn(descriptor, 'enumerable') && !descriptor.enumerable) return false;
      if (hasOwn(descriptor, 'writable') && !descriptor.writable) return false;
      return !hasOwn(descriptor, 'value') || is(descriptor.value, current.value);
    },
  } as ProxyHandler<object>;
}
