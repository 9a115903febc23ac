// WebAssembly for the linker. What it needs is captured before any user code runs, and replaced by what the surface puts in its place, which counts the memories.
import { apply, construct, getOwnPropertyDescriptor, NativeTypeError } from './intrinsics.ts';

interface Namespace { Module: typeof WebAssembly.Module; Instance: typeof WebAssembly.Instance; Global: { prototype: object }; Memory: { prototype: object } }

let namespace: Namespace | undefined;
let exportsOf: (() => unknown) | undefined;
let globalValue: (() => unknown) | undefined;
let memoryPrototype: object | undefined;

/** Called before any user code, or when V8 has just added WebAssembly to a context from an image. */
export function bindWebAssembly(native: Namespace): void {
  namespace = native;
  exportsOf = getOwnPropertyDescriptor(native.Instance.prototype, 'exports')!.get!;
  globalValue = getOwnPropertyDescriptor(native.Global.prototype, 'value')!.get!;
  memoryPrototype = native.Memory.prototype;
}

/** Whether it is the prototype of WebAssembly.Memory. */
export const isWasmMemory = (prototype: object): boolean => prototype === memoryPrototype;

const native = (globalThis as unknown as { WebAssembly?: Namespace }).WebAssembly;
if (native !== undefined) bindWebAssembly(native);

let compile = (bytes: Uint8Array<ArrayBuffer>): object => {
  if (namespace === undefined) throw new NativeTypeError('WebAssembly is not there while an image is built');
  return construct(namespace.Module, [bytes]) as object;
};

let instantiate = (module: object, imports: object): object => construct(namespace!.Instance, [module, imports]);

/** Replaces how modules are compiled and instantiated. */
export function replaceWasm(compiles: typeof compile, instantiates: typeof instantiate = instantiate): void {
  compile = compiles;
  instantiate = instantiates;
}

export const compileWasm = (bytes: Uint8Array<ArrayBuffer>): object => compile(bytes);

/** The exports of a new instance: V8's frozen object without a prototype. */
export function instantiateWasm(module: object, imports: object): Record<string, unknown> {
  return apply(exportsOf!, instantiate(module, imports), []) as Record<string, unknown>;
}

/** Returns a function that reads an export: of a WebAssembly.Global its value, which may change; everything else is the value itself. */
export function readerOf(value: unknown): () => unknown {
  try {
    apply(globalValue!, value, []);
  } catch {
    return () => value;
  }
  return () => apply(globalValue!, value, []) as unknown;
}
