// The global object of an instance: to its scripts, an ordinary object with all properties of a global object. What they change belongs to the instance; the rest is read from the hardened
// context, whose own global object no script ever sees.
import { apply, conceal, createTable, defineProperty, deleteProperty, getOwnPropertyDescriptor, list, NativeTypeError, ownKeys } from './intrinsics.ts';
import { currentInstance, type Instance, perInstance } from './instances.ts';

const { create, hasOwn } = Object;
const { get: readFrom, has: isIn, preventExtensions, set: writeTo } = Reflect;
const NativeProxy = Proxy;
const NativeReferenceError = ReferenceError;

/** What all instances begin with. */
export interface GlobalBase {
  /** The properties that scripts see, by name. A value that is another object in each instance has a getter here (`own`). */
  readonly properties: Readonly<Record<PropertyKey, PropertyDescriptor | undefined>>;
  readonly keys: readonly PropertyKey[];
  /** Makes a value that is another object in each instance. */
  readonly own: Readonly<Record<string, ((instance: Instance) => unknown) | undefined>>;
  /** What the global object inherits from. It is frozen. */
  readonly prototype: object;
}

let base: GlobalBase;

/** Set once, when the context is hardened. */
export function useBase(given: GlobalBase): void { base = given; }

/** Sets a variable of a module to the value that the property of its name has got. */
export type Follower = (value: unknown) => void;

class GlobalHandler implements ProxyHandler<object> {
  readonly #instance: Instance;
  /** Own values that were made, by name. */
  readonly #own = createTable<unknown>() as Record<string, unknown>;
  readonly #deleted = createTable<boolean>() as Record<string, boolean | undefined>;
  readonly #followers = createTable<Follower[]>() as Record<string, Follower[] | undefined>;

  constructor(instance: Instance) { this.#instance = instance; }

  follow(name: string, follower: Follower): void {
    const all = this.#followers[name] ??= list<Follower>();
    all[all.length] = follower;
  }

  /** The property that the instance has not changed. */
  #inherited(key: PropertyKey): PropertyDescriptor | undefined {
    return typeof key === 'string' && this.#deleted[key] === true ? undefined : base.properties[key];
  }

  #valueOf(key: PropertyKey, descriptor: PropertyDescriptor): unknown {
    const make = typeof key === 'string' ? base.own[key] : undefined;
    if (make === undefined) return descriptor.value;
    return this.#own[key as string] ??= make(this.#instance);
  }

  /** Makes a property of the target of one that was only inherited. */
  #settle(target: object, key: PropertyKey): void {
    const descriptor = hasOwn(target, key) ? undefined : this.#inherited(key);
    if (descriptor !== undefined) defineProperty(target, key, this.#describe(key, descriptor));
  }

  #describe(key: PropertyKey, { get, set, writable, enumerable, configurable, ...rest }: PropertyDescriptor): PropertyDescriptor {
    if (get !== undefined || set !== undefined) return { __proto__: null, get, set, enumerable, configurable } as PropertyDescriptor;
    return { __proto__: null, value: this.#valueOf(key, rest), writable, enumerable, configurable } as PropertyDescriptor;
  }

  /** Tells the modules' variables what a property is now. */
  #tell(target: object, key: PropertyKey): void {
    const all = typeof key === 'string' ? this.#followers[key] : undefined;
    if (all === undefined) return;
    const descriptor = getOwnPropertyDescriptor(target, key);
    const value = descriptor === undefined ? undefined : readFrom(target, key, this.#instance.global) as unknown;
    for (let i = 0; i < all.length; i++) all[i]!(value);
  }

  get(target: object, key: PropertyKey, receiver: unknown): unknown {
    if (!hasOwn(target, key)) {
      const descriptor = this.#inherited(key);
      if (descriptor !== undefined) return descriptor.get === undefined ? this.#valueOf(key, descriptor) : apply(descriptor.get, receiver, []);
    }
    return readFrom(target, key, receiver);
  }

  has(target: object, key: PropertyKey): boolean { return this.#inherited(key) !== undefined || isIn(target, key); }

  set(target: object, key: PropertyKey, value: unknown, receiver: unknown): boolean {
    this.#settle(target, key);
    if (receiver !== this.#instance.global) return writeTo(target, key, value, receiver);
    const descriptor = getOwnPropertyDescriptor(target, key);
    const done = writeTo(target, key, value, descriptor !== undefined && 'get' in descriptor ? receiver : target);
    if (done) this.#tell(target, key);
    return done;
  }

  defineProperty(target: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
    this.#settle(target, key);
    const done = defineProperty(target, key, descriptor);
    if (done) this.#tell(target, key);
    return done;
  }

  deleteProperty(target: object, key: PropertyKey): boolean {
    this.#settle(target, key);
    const done = deleteProperty(target, key);
    if (done && typeof key === 'string') {
      this.#deleted[key] = true;
      this.#tell(target, key);
    }
    return done;
  }

  getOwnPropertyDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
    // A property that cannot be reconfigured must be one of the target.
    this.#settle(target, key);
    return getOwnPropertyDescriptor(target, key);
  }

  ownKeys(target: object): (string | symbol)[] {
    const keys = list<PropertyKey>();
    for (let i = 0; i < base.keys.length; i++) {
      const key = base.keys[i]!;
      if (!hasOwn(target, key) && this.#inherited(key) !== undefined) keys[keys.length] = key;
    }
    const own = ownKeys(target);
    for (let i = 0; i < own.length; i++) keys[keys.length] = own[i]!;
    return keys as (string | symbol)[];
  }

  preventExtensions(target: object): boolean {
    for (let i = 0; i < base.keys.length; i++) this.#settle(target, base.keys[i]!);
    return preventExtensions(target);
  }
}
conceal(GlobalHandler);

const handlerOf = perInstance((instance) => {
  const handler = new GlobalHandler(instance);
  instance.global = new NativeProxy(create(base.prototype) as object, handler);
  return handler;
});

/** The global object of the current instance. */
export function currentGlobal(): object {
  const instance = currentInstance();
  if (instance.global === undefined) handlerOf(instance);
  return instance.global!;
}

/** The value of a free name: what strict code reads. */
export function readGlobal(name: string, isTypeof: boolean): unknown {
  const global = currentGlobal();
  if (!isTypeof && !isIn(global, name)) throw new NativeReferenceError(`${name} is not defined`);
  return (global as Record<string, unknown>)[name];
}

/** An assignment to a free name in strict code. */
export function writeGlobal(name: string, value: unknown): void {
  const global = currentGlobal();
  if (!isIn(global, name)) throw new NativeReferenceError(`${name} is not defined`);
  if (!writeTo(global, name, value)) throw new NativeTypeError(`Cannot assign to read only property '${name}' of object`);
}

/** Keeps the variables of a module equal to the properties of the current instance's global object. */
export function followGlobal(followers: Readonly<Record<string, Follower>>): void {
  const handler = handlerOf();
  const names = ownKeys(followers) as string[];
  for (let i = 0; i < names.length; i++) handler.follow(names[i]!, followers[names[i]!]!);
}
