// What the modules of Node.js (node/) have of the host. They take it from `import.meta.builtin` of one internal module, whose text is in Modules/BuiltinModules.cs. Functions can import that too, and so it gives nothing away.
import { ownKeys } from './intrinsics.ts';
import { AsyncLocalStorage, AsyncResource } from '../node/async-hooks.ts';
import { environment } from '../node/environment.ts';

const makers: Readonly<Record<string, (() => object) | undefined>> = {
  __proto__: null as never,
  'node:jsrun/host': () => ({ AsyncLocalStorage, AsyncResource, environment }),
};

/** An object of its own for each module that asks; what it holds is the same for all. */
export function builtinOf(url: string): object | undefined { return makers[url]?.(); }

/** The exports of all of these modules. */
export const allBuiltins = (): unknown[] => ownKeys(makers).flatMap((url) => Object.values(makers[url as string]!()));
