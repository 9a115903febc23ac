// The exports of modules that come with JsRun. The text of these modules is in Modules/BuiltinModules.cs, and takes the exports from `import.meta.builtin`.
import { AsyncLocalStorage, AsyncResource } from '../node/async-hooks.ts';

export function builtinOf(url: string): object | undefined {
  return url === 'node:async_hooks' ? { AsyncLocalStorage, AsyncResource } : undefined;
}
