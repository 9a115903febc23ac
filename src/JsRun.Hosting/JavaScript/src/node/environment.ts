// What `process.env` holds to begin with: the strings of the function's `env`.
import { live } from '../kernel/when-live.ts';
import { host } from '../kernel/host.ts';
import { createTable, ownKeys } from '../kernel/intrinsics.ts';
import { HostOp } from '../kernel/ops.ts';
import { settings } from '../kernel/settings.ts';

/** A copy. No image holds the strings: while one is built there is no host, and to ask it is a reason against the image. */
export function environment(): Record<string, string> {
  if (!live) host(HostOp.HostEnvironment);
  const { env } = settings;
  const copy = createTable<string>() as Record<string, string>;
  const keys = ownKeys(env) as string[];
  for (let i = 0; i < keys.length; i++) copy[keys[i]!] = env[keys[i]!]!;
  return copy;
}
