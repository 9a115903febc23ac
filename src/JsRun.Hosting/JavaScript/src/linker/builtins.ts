// The exports of modules that come with JsRun. The text of these modules is in Modules/BuiltinModules.cs, and takes the exports from `import.meta.builtin`.
import { ownKeys } from './intrinsics.ts';
import { AsyncLocalStorage, AsyncResource } from '../node/async-hooks.ts';

const makers: Readonly<Record<string, (() => object) | undefined>> = {
  __proto__: null as never,
  'node:async_hooks': () => ({ AsyncLocalStorage, AsyncResource }),
};

/** An object of its own for each module that asks; what it holds is the same for all. */
export function builtinOf(url: string): object | undefined { return makers[url]?.(); }

/** The exports of all of these modules. */
export const allBuiltins = (): unknown[] => ownKeys(makers).flatMap((url) => Object.values(makers[url as string]!()));
