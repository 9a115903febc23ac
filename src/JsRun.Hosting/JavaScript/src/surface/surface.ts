// What a context shows. Both surfaces have the same names, but for what `Contained` must not have at all.
import type { KernelSettings } from '../kernel/settings.ts';
import { containArrayBuffer } from './array-buffer.ts';
import { forbidCodeFromStrings } from './code.ts';
import { containFinalization } from './finalization.ts';
import { containWebAssembly } from './webassembly.ts';

export function applySurface(settings: KernelSettings): void {
  if (settings.surface === 'Contained') applyContained(settings);
}

export function applyContained(settings: KernelSettings): void {
  forbidCodeFromStrings();
  // Shared memory without threads is a precise clock and little else.
  Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
  Reflect.deleteProperty(globalThis, 'Atomics');
  containFinalization();
  containArrayBuffer();
  containWebAssembly(settings.maxWasmBytes);
}
