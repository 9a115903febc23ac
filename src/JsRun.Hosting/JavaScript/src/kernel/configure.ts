// The one entry that comes before any user code: it brings the settings and closes what the surface does not show.
import { applySurface } from '../surface/surface.ts';
import { onEntry, refuseEntries } from './entries.ts';
import { parseJson } from './intrinsics.ts';
import { EntryOp } from './ops.ts';
import type { KernelSettings } from './settings.ts';

export let settings: KernelSettings = { surface: 'Contained', env: {}, maxTimers: 1000, maxConsoleBytes: 256 * 1024, maxWasmBytes: 128 * 1024 * 1024 };

onEntry(EntryOp.Configure, (json: string) => {
  settings = parseJson(json) as KernelSettings;
  try {
    applySurface(settings);
  } catch (error) {
    // A context that shows more than it should must not run anything.
    refuseEntries();
    throw error;
  }
});
