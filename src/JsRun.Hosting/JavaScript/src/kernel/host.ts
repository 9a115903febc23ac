// The host function. It is bound after the bundle has been evaluated, because an image cannot hold a host function: nothing may call the host while the bundle is evaluated.
import type { HostOp } from './ops.ts';

export type HostFunction = (op: HostOp, ...args: any[]) => any;

const absent: HostFunction = () => { throw new TypeError('The host is not there while an image is built'); };

export let host: HostFunction = absent;

export function bindHost(f: HostFunction): void { host = f; }

export function unbindHost(): void { host = absent; }
