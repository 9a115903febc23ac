// Large tables. They are not part of the bundle, whose text is in the heap of every isolate: the host sends a table when it is first needed (build.mjs makes them from npm packages).
import { host } from './host.ts';
import { parseJson } from './intrinsics.ts';
import { HostOp } from './ops.ts';

export const readTable = (name: string): unknown => parseJson(host(HostOp.Table, name) as string);
