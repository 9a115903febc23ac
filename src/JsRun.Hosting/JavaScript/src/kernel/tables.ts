// Large tables, which are not part of the bundle: its text lies in the heap of every isolate. They come from the host when first needed (build.mjs makes them of npm packages).
import { host } from './host.ts';
import { parseJson } from './intrinsics.ts';
import { HostOp } from './ops.ts';

export const readTable = (name: string): unknown => parseJson(host(HostOp.Table, name) as string);
