// What V8 has and TypeScript's ESNext library lacks goes here.

interface ArrayBuffer { readonly detached?: boolean }

declare namespace WebAssembly {
  class CompileError extends Error {}
  class Module { constructor(bytes: Uint8Array<ArrayBuffer>); }
  class Instance { constructor(module: Module, imports?: object); readonly exports: Record<string, unknown>; }
  class Memory { constructor(descriptor: object); }
}

interface Uint8Array { toBase64?(): string }
