// WebAssembly for the linker: what it needs is captured before any user code runs, and what the contained surface puts in its place counts here too.
import { apply, construct, getOwnPropertyDescriptor, NativeTypeError } from './intrinsics.ts';

interface Namespace { Module: typeof WebAssembly.Module; Instance: typeof WebAssembly.Instance; Global: { prototype: object }; Memory: { prototype: object } }

let namespace: Namespace | undefined;
let exportsOf: (() => unknown) | undefined;
let globalValue: (() => unknown) | undefined;
let memoryPrototype: object | undefined;

/** Before any user code, or as V8 has just made it: a context that is built for an image has no WebAssembly. */
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

/** The memories of what is compiled are counted where it is instantiated. */
export function replaceWasm(compiles: typeof compile, instantiates: typeof instantiate = instantiate): void {
  compile = compiles;
  instantiate = instantiates;
}

export const compileWasm = (bytes: Uint8Array<ArrayBuffer>): object => compile(bytes);

/** The exports of a new instance: a frozen object without a prototype, of V8's own making. */
export function instantiateWasm(module: object, imports: object): Record<string, unknown> {
  return apply(exportsOf!, instantiate(module, imports), []) as Record<string, unknown>;
}

/** How to read an export: a WebAssembly.Global is its value, which may change; everything else is itself. */
export function readerOf(value: unknown): () => unknown {
  try {
    apply(globalValue!, value, []);
  } catch {
    return () => value;
  }
  return () => apply(globalValue!, value, []) as unknown;
}
