// The entry Configure, which comes before any user code: it brings the settings, and replaces the globals that the surface does not allow. A context that comes from an image of a function has
// run the function's top level already, when the image was built. The surface was applied before that (`shape`), and Configure applies only what could not be part of the image.
import { changedBuiltin, rememberBuiltins, scopeOfGlobals } from '../hardened/changes.ts';
import { harden } from '../hardened/harden.ts';
import { closeChannels } from './channels.ts';
import { applySurface, finishSurface, nameRefused } from './surface.ts';
import { onEntry, refuseEntries } from '../kernel/entries.ts';
import { parseJson } from '../kernel/intrinsics.ts';
import { goLive } from '../kernel/when-live.ts';
import { host } from '../kernel/host.ts';
import { EntryOp, HostOp } from '../kernel/ops.ts';
import { type KernelSettings, useSettings } from '../kernel/settings.ts';

let shaped = false;

/** Applies what of the surface can be applied while an image is built. */
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
    nameRefused(given);
    if (given.hardened === true) {
      closeChannels();
      harden();
    }
    if (given.watched === true) rememberBuiltins();
  } catch (error) {
    // A context to which the surface has not been applied completely must not run anything.
    refuseEntries();
    throw error;
  }
});

onEntry(EntryOp.CompareBuiltins, (call: number) => { host(HostOp.BuiltinsCompared, call, changedBuiltin(), scopeOfGlobals()); });
