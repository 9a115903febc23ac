// What V8 has and TypeScript's ESNext library lacks goes here.

/** Resolved by esbuild: evaluates a bundled module when first called. For what is large and rarely needed. */
declare function require(id: string): unknown;

interface ArrayBuffer { readonly detached?: boolean }

declare namespace WebAssembly {
  class CompileError extends Error {}
  class Module { constructor(bytes: Uint8Array<ArrayBuffer>); }
  class Instance { constructor(module: Module, imports?: object); readonly exports: Record<string, unknown>; }
  class Memory { constructor(descriptor: object); }
}

interface Uint8Array { toBase64?(): string }
