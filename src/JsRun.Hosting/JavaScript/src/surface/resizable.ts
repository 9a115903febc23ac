// Resizable buffers in the full surface. V8 does not use its allocator for their memory, so they are counted here. The contained surface has none.
import { apply, construct, floor, getOwnPropertyDescriptor, NativeTypeError, uncurry } from '../kernel/intrinsics.ts';
import { heldBy, hold, moveHolding } from './held.ts';
import { replaceConstructor, replaceMethod } from './replace.ts';

type Constructor = (abstract new (...args: never[]) => object) & { prototype: object };
type Method = (...args: unknown[]) => unknown;

/** ArrayBuffer, or SharedArrayBuffer, whose `grow` is what `resize` is for the other. */
export function countResizable(original: Constructor, resize: 'resize' | 'grow'): void {
  const { name, prototype } = original as Constructor & { name: string };
  const getter = (key: string): ((buffer: unknown) => number) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!) as never;
  const method = (key: string): Method => getOwnPropertyDescriptor(prototype, key)!.value as Method;
  const sizeOf = getter('byteLength');
  const mostOf = getter('maxByteLength');
  const resizeTo = method(resize);

  function Buffer(this: unknown, length: unknown, options: { maxByteLength?: unknown } | undefined): object {
    if (new.target === undefined) throw new NativeTypeError(`Constructor ${name} requires 'new'`);
    if (typeof options !== 'object' && typeof options !== 'function' || options === null) return construct(original, [length as never], new.target) as object;
    // In the order of the specification, and each converted once.
    const first = toIndex(length);
    const { maxByteLength } = options;
    if (maxByteLength === undefined) return construct(original, [first as never], new.target) as object;
    const most = toIndex(maxByteLength);
    const buffer = construct(original, [first as never, { __proto__: null, maxByteLength: most } as never], new.target) as object;
    hold(buffer, sizeOf(buffer), name);
    return buffer;
  }
  replaceConstructor(globalThis, original as never, Buffer);

  const resizeHeld = (buffer: object, length: unknown): unknown => {
    const size = toIndex(length);
    if (size > sizeOf(buffer) && size <= mostOf(buffer)) hold(buffer, size, name);
    try {
      return apply(resizeTo, buffer, [size]);
    } finally {
      hold(buffer, sizeOf(buffer), name);
    }
  };
  const isHeld = (buffer: unknown): buffer is object => heldBy(buffer as object) !== undefined;
  replaceMethod(prototype, resize, resize === 'resize'
    ? { resize(this: unknown, length: unknown) { return isHeld(this) ? resizeHeld(this, length) : apply(resizeTo, this, [length]); } }.resize
    : { grow(this: unknown, length: unknown) { return isHeld(this) ? resizeHeld(this, length) : apply(resizeTo, this, [length]); } }.grow);
  if (resize === 'grow') return;

  const transfer = method('transfer');
  replaceMethod(prototype, 'transfer', { transfer(this: unknown, length: unknown) {
    if (!isHeld(this)) return apply(transfer, this, [length]);
    const size = length === undefined ? sizeOf(this) : toIndex(length);
    if (size > sizeOf(this) && size <= mostOf(this)) hold(this, size, name);
    try {
      const moved = apply(transfer, this, [size]) as object;
      moveHolding(this, moved);
      hold(moved, sizeOf(moved), name);
      return moved;
    } finally {
      hold(this, sizeOf(this), name);
    }
  } }.transfer);
  const transferToFixedLength = method('transferToFixedLength');
  replaceMethod(prototype, 'transferToFixedLength', { transferToFixedLength(this: unknown, length: unknown) {
    try {
      return apply(transferToFixedLength, this, [length]);
    } finally {
      if (isHeld(this)) hold(this, sizeOf(this), name);
    }
  } }.transferToFixedLength);
}

/** A value that V8 converts to the same index again; a value that V8 refuses stays as it is. */
function toIndex(value: unknown): number {
  const number = +(value as number);
  return number > 0 ? floor(number) : number;
}
