/** What crosses to a context for a set of modules; the functions travel beside it, in the same order. */
export interface ModuleGraph {
  modules: ModuleDescription[];
}

export interface ModuleDescription {
  /** Absolute: `file:///users/[id].ts` with the functions' folder as root. The key in the registry and `import.meta.url`. */
  url: string;
  /** `js` modules have a function; `json` and `text` ones carry `source`; `error` ones failed to compile or load and reject whoever imports them. */
  kind: 'js' | 'json' | 'text' | 'error';
  source?: string;
  error?: { name: string; message: string };
  /** What the specifiers of this module's static (and literal dynamic) imports stand for. */
  resolved?: Record<string, string>;
  /** What the compiler found; absent unless `js`. */
  shape?: ModuleShape;
}

/** The compiler's account of one module. `imports` keeps the order of first appearance; its index is the argument's index. */
export interface ModuleShape {
  imports: { specifier: string; type?: string }[];
  /** Names imported from `imports[from]`, for link-time checks: every one must resolve, or linking fails with a SyntaxError at this place. */
  bindings: { from: number; name: string; line: number; column: number }[];
  /** Names that the module itself binds. */
  locals: string[];
  /** `export { name as exported } from`, and re-exported imports; name `*` is a namespace. */
  indirect: { exported: string; from: number; name: string; line: number; column: number }[];
  /** `export * from` */
  stars: number[];
  /** Whether the top level awaits. */
  async: boolean;
}
