// ArrayBuffers of fixed size only: the memory of resizable ones escapes the limit on allocations, and the host must never see a buffer shrink.
import { replaceConstructor } from './replace.ts';

export function containArrayBuffer(): void {
  const Original = globalThis.ArrayBuffer;
  const { construct } = Reflect;

  function ArrayBuffer(this: unknown, length: number): object {
    if (new.target === undefined) throw new TypeError('Constructor ArrayBuffer requires \'new\'');
    return construct(Original, [length], new.target) as object;
  }
  replaceConstructor(globalThis, Original as never, ArrayBuffer);
}
