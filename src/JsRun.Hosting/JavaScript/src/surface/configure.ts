// The entry that comes before any user code: it brings the settings and closes what the surface does not show. In a context that comes from an image of a function
// the user's top level has run already, when the image was built: the surface was applied before that (`shape`), and here only what could not be part of the image.
import { applySurface, finishSurface } from './surface.ts';
import { onEntry, refuseEntries } from '../kernel/entries.ts';
import { parseJson } from '../kernel/intrinsics.ts';
import { goLive } from '../kernel/when-live.ts';
import { EntryOp } from '../kernel/ops.ts';
import { type KernelSettings, useSettings } from '../kernel/settings.ts';

let shaped = false;

/** Closes what can be closed while an image is built. */
export function shape(given: KernelSettings): void {
  useSettings(given);
  shaped = true;
  applySurface(given);
}

onEntry(EntryOp.Configure, (json: string) => {
  try {
    const given = parseJson(json) as KernelSettings;
    if (!shaped) shape(given);
    useSettings(given);
    finishSurface(given);
    goLive();
  } catch (error) {
    // A context that shows more than it should must not run anything.
    refuseEntries();
    throw error;
  }
});
