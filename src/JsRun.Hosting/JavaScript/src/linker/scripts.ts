// import() in classic scripts. The compiler has rewritten it to a call of IMPORT_NAME with the script's number, by which the host knows the script's name.
import { table } from './intrinsics.ts';
import { importModule } from './dynamic.ts';
import type { ModuleRecord } from './record.ts';

/** The module or script that imports. */
export interface Referrer {
  /** How the host knows it: a URL, or `#` and a script's number. */
  readonly url: string;
  /** The modules that its dynamic imports have found: the same specifier always gives the same module. */
  readonly found: Record<string, ModuleRecord>;
}

const scripts = table<Referrer>();

/** import() in text that `eval` or `Function` has compiled: the script is not known, so it is one without a name. The attributes are pairs of a key and a value. */
export function importFromText(specifier: string, ...attributes: string[]): Promise<unknown> {
  const given = table<string>();
  for (let i = 0; i + 1 < attributes.length; i += 2) given[attributes[i]!] = attributes[i + 1]!;
  return importFromScript(0, specifier, { __proto__: null, with: given });
}

export function importFromScript(script: unknown, specifier: unknown, options: unknown): Promise<unknown> {
  const number = typeof script === 'number' ? script | 0 : 0;
  const referrer = scripts[number] ??= { url: `#${number}`, found: table() };
  return importModule(referrer, specifier, options);
}
