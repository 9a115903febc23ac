// The bindings of a pool group, which its functions find in `env` beside its strings. Asked for when the first request comes: an image holds no host function.
import { settings } from '../kernel/settings.ts';
import { host } from '../kernel/host.ts';
import { HostOp } from '../kernel/ops.ts';
import { decode } from '../values/decode.ts';
import type { Payload } from '../values/wire.ts';

const { assign } = Object;
let env: Record<string, unknown> | undefined;

export function environment(): Record<string, unknown> {
  return env ??= settings.bindings === true ? assign({}, settings.env, decode(host(HostOp.HostEnvironment) as Payload)) : assign({}, settings.env);
}
