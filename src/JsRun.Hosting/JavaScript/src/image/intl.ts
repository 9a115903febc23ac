// Intl: the ICU objects behind its instances cannot be part of an image, but `const money = new Intl.NumberFormat(…)` at the top level is common. So while an image is built the constructors
// make objects that hold only their arguments, and V8's instance is made when the object is first used in a live context. All of this is done when `Intl` is first read.
import { apply, construct, defineProperty, descriptorOf, ownKeys, uncurry } from '../kernel/intrinsics.ts';
import { append, create, list, toStringTag } from '../linker/intrinsics.ts';
import { replaceConstructor } from '../surface/replace.ts';
import { building, fault } from './fault.ts';

type Native = (abstract new (...values: unknown[]) => object) & { prototype: object };

let NativeIntl: Record<string, Native> & { getCanonicalLocales?(locales: unknown): string[] };
let getCanonicalLocales: () => string[];
const NativeWeakMap = WeakMap;
const weakGet = uncurry(WeakMap.prototype.get) as <V>(map: WeakMap<object, V>, key: unknown) => V | undefined;
const weakSet = uncurry(WeakMap.prototype.set) as <V>(map: WeakMap<object, V>, key: object, value: V) => void;
const names = ['Collator', 'DateTimeFormat', 'DisplayNames', 'DurationFormat', 'ListFormat', 'Locale', 'NumberFormat', 'PluralRules', 'RelativeTimeFormat', 'Segmenter'];

let wrapped = false;

export function trapIntl(): void {
  NativeIntl = Intl as never;
  getCanonicalLocales = NativeIntl.getCanonicalLocales as never;
  const get = () => {
    if (!wrapped) {
      wrapped = true;
      for (let i = 0; i < names.length; i++) {
        const original = descriptorOf(NativeIntl, names[i]!)?.value as Native | undefined;
        if (original !== undefined) wrap(names[i]!, original);
      }
    }
    return NativeIntl;
  };
  defineProperty(globalThis, 'Intl', { __proto__: null, get, set: settle, enumerable: false, configurable: true } as PropertyDescriptor);
}

export function releaseIntl(): void {
  if (descriptorOf(globalThis, 'Intl')?.set === settle) settle(NativeIntl);
}

function settle(value: unknown): void {
  defineProperty(globalThis, 'Intl', { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
}

function wrap(name: string, Original: Native): void {
  /** The arguments of the objects that were made while the image was built, or their instance of V8. */
  const pending = new NativeWeakMap<object, unknown[]>();
  const made = new NativeWeakMap<object, object>();

  const real = (self: unknown): unknown => {
    const values = weakGet(pending, self);
    if (values === undefined) return self;
    const known = weakGet(made, self);
    if (known !== undefined) return known;
    const object = construct(Original, values) as object;
    // While the image is built the instance is dropped at once.
    if (!building) weakSet(made, self as object, object);
    return object;
  };

  function Later(this: unknown, ...values: unknown[]): unknown {
    if (!building) return new.target === undefined ? apply(Original as never, this, values) : construct(Original, values, new.target as never);
    if (name === 'Locale') fault('creates an Intl.Locale');
    const kept = list<unknown>();
    append(kept, values[0] === undefined ? undefined : apply(getCanonicalLocales, NativeIntl, [values[0]]));
    append(kept, copyOf(values[1]));
    // Invalid arguments must throw now.
    if (new.target === undefined) apply(Original as never, undefined, kept);
    else construct(Original, kept);
    const prototype = (new.target as { prototype?: unknown } | undefined)?.prototype ?? Original.prototype;
    const self = create(prototype as object) as object;
    weakSet(pending, self, kept);
    return self;
  }
  replaceConstructor(NativeIntl, Original as never, Later);

  const keys = ownKeys(Original.prototype);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const descriptor = descriptorOf(Original.prototype, key)!;
    if (key === 'constructor' || key === toStringTag) continue;
    if (descriptor.get !== undefined) defineProperty(Original.prototype, key, { __proto__: null, ...descriptor, get: boundBy(descriptor.get) } as PropertyDescriptor);
    else if (typeof descriptor.value === 'function') defineProperty(Original.prototype, key, { __proto__: null, ...descriptor, value: through(key, descriptor.value as () => unknown) } as PropertyDescriptor);
  }

  /** Replaces a getter that returns a function bound to its object, as `format` and `compare` are. */
  function boundBy(get: () => unknown): () => unknown {
    const bound = new NativeWeakMap<object, (...values: unknown[]) => unknown>();
    return named({ get() {
      if (weakGet(pending, this) === undefined) return apply(get, this, []);
      let method = weakGet(bound, this);
      if (method === undefined) {
        method = (...values) => {
          checkClock(values);
          return apply(apply(get, real(this), []) as () => unknown, undefined, values) as unknown;
        };
        weakSet(bound, this, method);
      }
      return method;
    } }.get, get);
  }

  function through(key: PropertyKey, method: () => unknown): () => unknown {
    return named({ method(this: unknown, ...values: unknown[]) {
      if (building && key === 'segment') fault('segments text (Intl.Segmenter)');
      if (key === 'format' || key === 'formatToParts') checkClock(values);
      return apply(method, real(this), values) as unknown;
    } }.method, method);
  }

  function checkClock(values: unknown[]): void {
    if (name === 'DateTimeFormat' && values[0] === undefined) fault('reads the clock (Intl.DateTimeFormat)');
  }
}

/** The options as they are now: their object may change before they are used. */
function copyOf(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options;
  const copy = create(null) as Record<string, unknown>;
  for (const key in options) copy[key] = (options as Record<string, unknown>)[key];
  return copy;
}

function named(f: object, like: () => unknown): () => unknown {
  defineProperty(f, 'name', { __proto__: null, value: like.name, configurable: true } as PropertyDescriptor);
  defineProperty(f, 'length', { __proto__: null, value: like.length, configurable: true } as PropertyDescriptor);
  return f as () => unknown;
}
