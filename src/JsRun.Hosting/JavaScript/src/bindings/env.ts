// `env`: the strings and the bindings of a pool group. The host is asked for the bindings when the first request comes, because an image cannot hold host functions.
import { perInstance } from '../kernel/instances.ts';
import { settings } from '../kernel/settings.ts';
import { host } from '../kernel/host.ts';
import { HostOp } from '../kernel/ops.ts';
import { decode } from '../values/decode.ts';
import type { Payload } from '../values/wire.ts';

const { assign } = Object;
/** Scripts may change the object, so each instance has one of its own. */
export const environment: () => Record<string, unknown> = perInstance((): Record<string, unknown> => {
  return settings.bindings === true ? assign({}, settings.env, decode(host(HostOp.HostEnvironment) as Payload)) : assign({}, settings.env);
});
