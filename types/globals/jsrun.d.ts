// What an embedder's runtime shows of its host. There once the host has registered an op (`IJsRuntime.RegisterOp`), and not in functions, which find their bindings in `env`.

declare namespace JsRun {
  /** The types of your ops, for you to add to: `declare namespace JsRun { interface Ops { 'files.read'(path: string): string } }`. */
  interface Ops {}

  /** The ops of this runtime by their names. A call without the permission throws an error named `PermissionDenied`; an asynchronous op answers with a promise. Frozen. */
  const ops: Readonly<Ops> & Readonly<Record<string, (...args: any[]) => any>>;
}
