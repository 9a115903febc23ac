// What a context shows. Both surfaces have the same names, but for what `Contained` must not have at all.
import { descriptorOf, NativeTypeError } from '../kernel/intrinsics.ts';
import type { KernelSettings } from '../kernel/settings.ts';
import { containArrayBuffer } from './array-buffer.ts';
import { forbidCodeFromStrings } from './code.ts';
import { containFinalization } from './finalization.ts';
import { finishFinalization } from './finalization-tasks.ts';
import { refuseLongResults } from './long-results.ts';
import { countResizable } from './resizable.ts';
import { finishWaits } from './wait-async.ts';
import { finishWebAssembly } from './webassembly.ts';

const { deleteProperty } = Reflect;

/** What can be part of an image. */
export function applySurface(settings: KernelSettings): void {
  if (settings.surface !== 'Contained') {
    countResizable(ArrayBuffer, 'resize');
    return;
  }
  forbidCodeFromStrings();
  containFinalization();
  containArrayBuffer();
  refuseLongResults();
}

/** What V8 puts into a context only when it is live. User code may have run before, so captured intrinsics only. */
export function finishSurface(settings: KernelSettings): void {
  if (settings.surface === 'Contained') {
    // Shared memory without threads is a precise clock and little else.
    remove('SharedArrayBuffer');
    remove('Atomics');
  } else {
    const shared = descriptorOf(globalThis, 'SharedArrayBuffer')?.value as typeof ArrayBuffer | undefined;
    if (typeof shared === 'function') countResizable(shared, 'grow');
    finishWaits();
    finishFinalization();
  }
  finishWebAssembly(settings);
}

function remove(name: string): void {
  if (!deleteProperty(globalThis, name)) throw new NativeTypeError(`The global '${name}' cannot be removed`);
}
