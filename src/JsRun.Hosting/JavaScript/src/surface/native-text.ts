// Function.prototype.toString shows a function that replaces a built-in like the built-in.
import { apply, defineProperty, descriptorOf, uncurry, weakMapGet, weakMapSet } from '../kernel/intrinsics.ts';

const { prototype } = Function;
const native = prototype.toString;
const get = uncurry(weakMapGet) as (map: WeakMap<object, string>, key: unknown) => string | undefined;
const set = uncurry(weakMapSet) as (map: WeakMap<object, string>, key: object, value: string) => void;
const texts = new WeakMap<object, string>();
let shown = false;

/** Makes `replacement` be shown like `original`. */
export function showAs(replacement: object, original: object): void {
  if (!shown) show();
  set(texts, replacement, get(texts, original) ?? apply(native, original, []) as string);
}

function show(): void {
  shown = true;
  const { toString } = { toString(this: unknown): string { return get(texts, this) ?? apply(native, this, []) as string; } };
  const descriptor = descriptorOf(prototype, 'toString')!;
  // A script that has replaced it has its own toString.
  if (descriptor.value !== native) return;
  showAs(toString, native);
  descriptor.value = toString;
  defineProperty(prototype, 'toString', descriptor);
}
