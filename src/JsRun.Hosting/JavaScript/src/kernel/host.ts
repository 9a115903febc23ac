// The host function, bound after the script has been evaluated: an image holds no host function, so nothing here may be called while the bundle evaluates.
import type { HostOp } from './ops.ts';

export type HostFunction = (op: HostOp, ...args: any[]) => any;

const absent: HostFunction = () => { throw new TypeError('The host is not there while an image is built'); };

export let host: HostFunction = absent;

export function bindHost(f: HostFunction): void { host = f; }

export function unbindHost(): void { host = absent; }
