import type { Position } from '../text/lines.ts';
import type { GlobalScope } from './global-names.ts';

/** What crosses to a context for a set of modules; the functions travel beside it: one for each `js` module, in the same order. */
export interface ModuleGraph {
  modules: ModuleDescription[];
}

/** Import attributes: `bytes` is a Uint8Array, `webassembly` a compiled WebAssembly.Module; each is the default export. */
export type ModuleType = 'json' | 'text' | 'bytes' | 'webassembly';

export function isModuleType(type: unknown): type is ModuleType {
  return type === 'json' || type === 'text' || type === 'bytes' || type === 'webassembly';
}

export interface ModuleDescription {
  /** Absolute: `file:///users/[id].ts` with the functions' folder as root. With the type, the key in the registry; also `import.meta.url`. */
  url: string;
  /**
   * `js` modules have a function; `json` and `text` ones carry `source`, as do `bytes`, `webassembly` and `wasm` ones, in base64. A `wasm` module is an instance, with a shape
   * of its own. `error` ones failed to compile or load; importing one is an error.
   */
  kind: 'js' | 'wasm' | ModuleType | 'error';
  /** The import attribute under which an `error` module was asked for; the other kinds tell it themselves. */
  type?: ModuleType;
  source?: string;
  error?: { name: string; message: string };
  /** The URLs that the specifiers of this module's static and literal dynamic imports stand for. */
  resolved?: Record<string, string>;
  /** What the compiler found; absent unless `js` or `wasm`. */
  shape?: ModuleShape;
}

/** Positions are those of the author's source. */
export interface ModuleRequest extends Position {
  specifier: string;
  type?: ModuleType;
}

/** A binding of another module; the name `null` stands for its namespace object. */
export interface ImportedName extends Position {
  /** Index into `imports`. */
  from: number;
  name: string | null;
}

export interface IndirectExport extends ImportedName { exported: string }

/** The compiler's account of one module. */
export interface ModuleShape {
  /** The static requests, in the order of their first appearance: the order of evaluation. */
  imports: ModuleRequest[];
  /** The imported names. Every one must resolve, or linking fails with a SyntaxError at its place; the function receives their getters in this order. */
  bindings: ImportedName[];
  /** The exports that the module itself binds; its function gives their getters in this order. `local` is `*default*` where the binding has no name. */
  locals: { exported: string; local: string }[];
  /** `export { name as exported } from`, `export * as exported from`, and re-exported imports. */
  indirect: IndirectExport[];
  /** `export * from imports[n]` */
  stars: number[];
  /** Imports on demand whose specifier (and type) is a literal. */
  dynamic: ModuleRequest[];
  /** Whether the top level awaits: the function is an async generator. */
  async: boolean;
  /** Where the function's text stands in the author's file, if it has moved (text/positions.ts). */
  positions?: string;
  /** Whether the top level declares something with `using`, of which V8 cannot make an image. */
  disposes?: boolean;
  /** If the module is compiled for instances: the least scope with which it behaves as in a context of its own. */
  globals?: GlobalScope;
}
