// Modules that come with JsRun. Their text is Modules/BuiltinModules.cs's, which takes what it exports from `import.meta.builtin`.
import { AsyncLocalStorage, AsyncResource } from '../node/async-hooks.ts';
import { table } from './intrinsics.ts';

export const builtins = table<object>();

builtins['node:async_hooks'] = { AsyncLocalStorage, AsyncResource };
