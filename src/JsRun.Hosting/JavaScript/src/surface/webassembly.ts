// WebAssembly, contained: modules are compiled at once (V8 would go on with the asynchronous ways on threads of its own, where no limit holds) and memories are capped.
import {
  apply, bufferOf, byteLengthOf, byteOffsetOf, construct, getOwnPropertyDescriptor, isView, NativeRangeError, NativeTypeError, NativeUint8Array, setBytes, toNumber,
  typedArrayName, uncurry,
} from '../kernel/intrinsics.ts';
import type { KernelSettings } from '../kernel/settings.ts';
import { addStreaming } from '../web/webassembly/streaming.ts';
import { bindWebAssembly, compileWasm, replaceCompile } from '../kernel/wasm.ts';
import { put, replaceConstructor } from './replace.ts';
import { capMemories } from './wasm-memory.ts';

const PAGE = 65536;
const { floor } = Math;
const toBigInt = BigInt;
const getter = (prototype: object, key: string) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const sizeOf = getter(ArrayBuffer.prototype, 'byteLength') as (buffer: ArrayBuffer) => number;
const dataBuffer = getter(DataView.prototype, 'buffer') as (view: DataView) => ArrayBuffer;
const dataOffset = getter(DataView.prototype, 'byteOffset') as (view: DataView) => number;
const dataLength = getter(DataView.prototype, 'byteLength') as (view: DataView) => number;

type Namespace = typeof WebAssembly;
let memoryPrototype: object | undefined;

/** Whether it is the prototype of WebAssembly.Memory. */
export const isWasmMemory = (prototype: object): boolean => prototype === memoryPrototype;

/** `Full` gets it whole at once; `Contained` when it is first asked for, because most requests never do. */
export function finishWebAssembly({ surface, maxWasmBytes }: KernelSettings): void {
  const namespace = (globalThis as { WebAssembly?: Namespace }).WebAssembly;
  if (namespace === undefined) return;
  bindWebAssembly(namespace as never);
  memoryPrototype = (namespace.Memory as { prototype: object }).prototype;
  if (surface !== 'Contained') {
    addStreaming(namespace as never);
    return;
  }
  const become = (value: unknown) => { put(globalThis, 'WebAssembly', { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor); };
  let contained = false;
  const contain = () => {
    // Once, also through a getter that was kept: V8's own must never be seen.
    if (contained) return;
    containWebAssembly(namespace, maxWasmBytes);
    addStreaming(namespace as never);
    // Only now: where the end of the stack, or of the operation, cuts it short, it is done again, over what is there already.
    contained = true;
    if (getOwnPropertyDescriptor(globalThis, 'WebAssembly')?.get === get) become(namespace);
  };
  const get = () => {
    contain();
    return namespace;
  };
  replaceCompile((bytes) => {
    contain();
    return compileWasm(bytes);
  });
  put(globalThis, 'WebAssembly', { __proto__: null, get, set: become, enumerable: false, configurable: true } as PropertyDescriptor);
}

function containWebAssembly(namespace: Namespace, maxBytes: number): void {
  const { Module: OriginalModule, Memory: OriginalMemory, Instance } = namespace;
  const describeImports = (OriginalModule as unknown as { imports(module: unknown): unknown }).imports;
  const most = floor(maxBytes / PAGE);

  const compile = (source: unknown, target: object = OriginalModule): object => construct(OriginalModule, [capMemories(copyOf(source), maxBytes)], target as never) as object;

  function Module(this: unknown, source: unknown): object {
    if (new.target === undefined) throw new NativeTypeError('WebAssembly.Module must be invoked with \'new\'');
    return compile(source, new.target);
  }

  function Memory(this: unknown, descriptor: { initial?: unknown; minimum?: unknown; maximum?: unknown; shared?: unknown; address?: unknown }): object {
    if (new.target === undefined) throw new NativeTypeError('WebAssembly.Memory must be invoked with \'new\'');
    if (descriptor === null || typeof descriptor !== 'object' && typeof descriptor !== 'function') throw new NativeTypeError('WebAssembly.Memory: the descriptor is not an object');
    const { initial, minimum, maximum, shared, address } = descriptor;
    if (shared) throw new NativeTypeError('WebAssembly.Memory: shared memories are not allowed here');
    const first = toNumber(initial ?? minimum);
    if (first > most) throw new NativeRangeError(`WebAssembly.Memory: ${first} pages asked for, and ${most} are allowed (${maxBytes} bytes)`);
    const last = maximum === undefined ? most : toNumber(maximum);
    const wide = address === 'i64';
    const capped = last > most ? most : last;
    const checked = { __proto__: null, initial: wide ? toBigInt(first) : initial ?? minimum, maximum: wide ? toBigInt(capped) : maximum === undefined || last > most ? most : maximum } as Record<string, unknown>;
    if (address !== undefined) checked.address = address;
    return construct(OriginalMemory, [checked], new.target) as object;
  }

  replaceCompile(compile);
  replaceConstructor(namespace, OriginalModule as never, Module);
  replaceConstructor(namespace, OriginalMemory as never, Memory);
  const members = {
    async compile(source: unknown) { return compile(source); },
    async instantiate(source: unknown, imports: object | undefined = undefined) {
      if (isModule(source)) return construct(Instance, [source, imports]) as object;
      const module = compile(source);
      return { module, instance: construct(Instance, [module, imports]) as object };
    },
  };
  const replace = (name: 'compile' | 'instantiate') => { put(namespace, name, { __proto__: null, value: members[name], writable: true, enumerable: true, configurable: true } as PropertyDescriptor); };
  replace('compile');
  replace('instantiate');

  /** By its slot, and not by its prototype, which anything can have. */
  function isModule(value: unknown): boolean {
    try {
      apply(describeImports, OriginalModule, [value]);
      return true;
    } catch {
      return false;
    }
  }
}

/** A copy of the bytes: they must not change between the look at them and their compilation. */
function copyOf(source: unknown): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array;
  try {
    bytes = isView(source)
      ? new NativeUint8Array((isData(source) ? dataBuffer(source) : bufferOf(source)) as ArrayBuffer, isData(source) ? dataOffset(source) : byteOffsetOf(source), isData(source) ? dataLength(source) : byteLengthOf(source))
      : new NativeUint8Array(source as ArrayBuffer, 0, sizeOf(source as ArrayBuffer));
  } catch {
    throw new NativeTypeError('WebAssembly: the source is neither a buffer nor a view of one');
  }
  const copy = new NativeUint8Array(byteLengthOf(bytes));
  setBytes(copy, bytes, 0);
  return copy;
}

/** The typed arrays know their name; a DataView does not. */
const isData = (view: ArrayBufferView): view is DataView => typedArrayName(view) === undefined;
