// Applies a surface, that is, the set of globals of a context. Both surfaces have the same names; some of them only throw in `Contained`.
import { descriptorOf } from '../kernel/intrinsics.ts';
import type { KernelSettings } from '../kernel/settings.ts';
import { containArrayBuffer } from './array-buffer.ts';
import { forbidCodeFromStrings } from './code.ts';
import { containFinalization } from './finalization.ts';
import { finishFinalization } from './finalization-tasks.ts';
import { refuseLongResults } from './long-results.ts';
import { nameShared, removeShared } from './refused.ts';
import { countResizable } from './resizable.ts';
import { finishWaits } from './wait-async.ts';
import { finishWebAssembly } from './webassembly.ts';

/** Applies the part of a surface that can be in an image. */
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

/** Applies the part that concerns globals that V8 adds to a live context only. User code may have run before, so this uses captured intrinsics only. */
export function finishSurface(settings: KernelSettings): void {
  if (settings.surface === 'Contained') {
    // Without threads, shared memory is of little use except as a precise clock.
    removeShared();
  } else {
    const shared = descriptorOf(globalThis, 'SharedArrayBuffer')?.value as typeof ArrayBuffer | undefined;
    if (typeof shared === 'function') countResizable(shared, 'grow');
    finishWaits();
    finishFinalization();
  }
  finishWebAssembly(settings);
}

/** Applies what must come last: from here on the names of what the surface refuses are defined, and must not be taken for what they stand for. */
export function nameRefused(settings: KernelSettings): void {
  if (settings.surface === 'Contained') nameShared();
}
