// import() in classic scripts: the compiler has made it a call of IMPORT_NAME with the script's number, which stands for the script's name at the host.
import { table } from './intrinsics.ts';
import { importModule } from './dynamic.ts';
import type { ModuleRecord } from './record.ts';

/** Who asks for a module: a module or a script. */
export interface Referrer {
  /** What the host knows it by: a URL, or `#` and a script's number. */
  readonly url: string;
  /** Modules that its imports have found: the same specifier gives the same module. */
  readonly found: Record<string, ModuleRecord>;
}

const scripts = table<Referrer>();

/** For text of a script's own, `eval` and the like: nobody knows whose it is, so it is a script without a name. The attributes are pairs of a key and a value. */
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
