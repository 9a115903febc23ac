// Modules that come with JsRun. Their text is Modules/BuiltinModules.cs's, which takes what it exports from `import.meta.builtin`.
import { AsyncLocalStorage, AsyncResource } from '../node/async-hooks.ts';

export function builtinOf(url: string): object | undefined {
  return url === 'node:async_hooks' ? { AsyncLocalStorage, AsyncResource } : undefined;
}
