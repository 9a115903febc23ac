// process.env: the strings of the function's `env`, and what the function itself sets. They are read when they are first asked for, because no image holds them.
import { environment } from 'node:jsrun/host';

let filled = false;

function fill(target) {
  if (filled) return target;
  filled = true;
  const given = environment();
  for (const key of Object.keys(given)) target[key] ??= given[key];
  return target;
}

export const env = new Proxy({}, {
  get: (target, key) => Reflect.get(fill(target), key),
  set: (target, key, value) => Reflect.set(fill(target), key, typeof key === 'symbol' ? value : `${value}`),
  has: (target, key) => Reflect.has(fill(target), key),
  deleteProperty: (target, key) => Reflect.deleteProperty(fill(target), key),
  ownKeys: (target) => Reflect.ownKeys(fill(target)),
  getOwnPropertyDescriptor: (target, key) => Reflect.getOwnPropertyDescriptor(fill(target), key),
  defineProperty: (target, key, descriptor) => Reflect.defineProperty(fill(target), key, 'value' in descriptor ? { ...descriptor, value: `${descriptor.value}` } : descriptor),
});
