// What stands in for a built-in looks like it, also to Function.prototype.toString.
import { apply, defineProperty, descriptorOf, uncurry, weakMapGet, weakMapSet } from '../kernel/intrinsics.ts';

const { prototype } = Function;
const native = prototype.toString;
const get = uncurry(weakMapGet) as (map: WeakMap<object, string>, key: unknown) => string | undefined;
const set = uncurry(weakMapSet) as (map: WeakMap<object, string>, key: object, value: string) => void;
const texts = new WeakMap<object, string>();
let shown = false;

/** `replacement` is shown as `original` is. */
export function showAs(replacement: object, original: object): void {
  if (!shown) show();
  set(texts, replacement, get(texts, original) ?? apply(native, original, []) as string);
}

function show(): void {
  shown = true;
  const { toString } = { toString(this: unknown): string { return get(texts, this) ?? apply(native, this, []) as string; } };
  const descriptor = descriptorOf(prototype, 'toString')!;
  // Whoever has put something else there has seen to it.
  if (descriptor.value !== native) return;
  showAs(toString, native);
  descriptor.value = toString;
  defineProperty(prototype, 'toString', descriptor);
}
