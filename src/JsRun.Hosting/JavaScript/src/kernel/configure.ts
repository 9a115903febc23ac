// The entry that comes before any user code: it brings the settings and closes what the surface does not show. In a context that comes from an image of a function
// the user's top level has run already, when the image was built: the surface was applied before that (`shape`), and here only what could not be part of the image.
import { applySurface, finishSurface } from '../surface/surface.ts';
import { onEntry, refuseEntries } from './entries.ts';
import { parseJson } from './intrinsics.ts';
import { goLive } from './late.ts';
import { EntryOp } from './ops.ts';
import type { KernelSettings } from './settings.ts';

export let settings: KernelSettings = { surface: 'Contained', env: {}, maxTimers: 1000, maxConsoleBytes: 256 * 1024, maxWasmBytes: 128 * 1024 * 1024, maxValueDepth: 100, maxValueBytes: 10 * 1024 * 1024 };
let shaped = false;

/** Closes what can be closed while an image is built. */
export function shape(given: KernelSettings): void {
  settings = given;
  shaped = true;
  applySurface(given);
}

onEntry(EntryOp.Configure, (json: string) => {
  try {
    const given = parseJson(json) as KernelSettings;
    if (!shaped) shape(given);
    settings = given;
    finishSurface(given);
    goLive();
  } catch (error) {
    // A context that shows more than it should must not run anything.
    refuseEntries();
    throw error;
  }
});
