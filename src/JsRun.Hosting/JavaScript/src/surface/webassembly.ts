// WebAssembly: all of its memories count in MaxArrayBufferBytes. In the contained surface, modules are compiled synchronously.
import { awaitSettled } from '../kernel/awaited.ts';
import { settings } from '../kernel/settings.ts';
import {
  apply, bufferOf, byteLengthOf, byteOffsetOf, construct, defineProperty, getOwnPropertyDescriptor, isView, NativeRangeError, NativeTypeError, NativeUint8Array, NativeWeakMap, setBytes, toNumber,
  typedArrayName, uncurry, weakMapGet, weakMapSet,
} from '../kernel/intrinsics.ts';
import { isSharedArrayBuffer } from '../kernel/when-live.ts';
import type { KernelSettings } from '../kernel/settings.ts';
import { addStreaming } from '../web/webassembly/streaming.ts';
import { bindWebAssembly, compileWasm, replaceWasm } from '../kernel/wasm.ts';
import { bindMemories, growMemory, makeMemory } from './memories.ts';
import { put, replaceConstructor, replaceMethod } from './replace.ts';
import { isShared, isWide, type Limits, type Outsourced, outsourceMemories } from './wasm-memory.ts';

const PAGE = 65536;
const { floor } = Math;
const toBigInt = BigInt;
const getter = (prototype: object, key: string) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const sizeOf = getter(ArrayBuffer.prototype, 'byteLength') as (buffer: ArrayBuffer) => number;
const dataBuffer = getter(DataView.prototype, 'buffer') as (view: DataView) => ArrayBuffer;
const dataOffset = getter(DataView.prototype, 'byteOffset') as (view: DataView) => number;
const dataLength = getter(DataView.prototype, 'byteLength') as (view: DataView) => number;

const get = (map: WeakMap<object, Outsourced>, key: unknown): Outsourced | undefined => apply(weakMapGet, map, [key as object]) as Outsourced | undefined;
const set = (map: WeakMap<object, Outsourced>, key: object, value: Outsourced): void => { apply(weakMapSet, map, [key, value]); };

type Namespace = typeof WebAssembly;
let sharedSizeOf: ((buffer: unknown) => number) | undefined;

/** The full surface replaces the members at once; the contained one when `WebAssembly` is first read, because most requests never do. */
export function finishWebAssembly({ surface }: KernelSettings): void {
  const namespace = (globalThis as { WebAssembly?: Namespace }).WebAssembly;
  if (namespace === undefined) return;
  bindWebAssembly(namespace as never);
  const shared = getOwnPropertyDescriptor(globalThis, 'SharedArrayBuffer')?.value as { prototype: object } | undefined;
  sharedSizeOf = shared && getter(shared.prototype, 'byteLength') as (buffer: unknown) => number;
  if (surface !== 'Contained') {
    replaceMembers(namespace, false);
    addStreaming(namespace as never);
    return;
  }
  const become = (value: unknown) => { put(globalThis, 'WebAssembly', { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor); };
  let contained = false;
  const contain = () => {
    // Once, also if a script has kept the getter.
    if (contained) return;
    replaceMembers(namespace, true);
    addStreaming(namespace as never);
    // Set last: if an exhausted stack or an interrupt stops this function midway, the next call does all of it again.
    contained = true;
    if (getOwnPropertyDescriptor(globalThis, 'WebAssembly')?.get === get) become(namespace);
  };
  const get = () => {
    contain();
    return namespace;
  };
  replaceWasm((bytes) => {
    contain();
    return compileWasm(bytes);
  });
  put(globalThis, 'WebAssembly', { __proto__: null, get, set: become, enumerable: false, configurable: true } as PropertyDescriptor);
}

/** V8's own members, kept in case replaceMembers runs again. */
interface Originals { Module: Native; Memory: Native; Instance: Native; compile: (bytes: object, options: unknown) => Promise<object>; imports: (module: unknown) => { module: string }[] }
type Native = (abstract new (...args: any[]) => object) & { prototype: object };
let originals: Originals | undefined;

const read = ({ Module, Memory, Instance, compile }: Originals): Originals => ({ Module, Memory, Instance, compile, imports: (Module as unknown as Originals).imports });

function replaceMembers(namespace: Namespace, contained: boolean): void {
  const { Module: OriginalModule, Memory: OriginalMemory, Instance: OriginalInstance, compile: compileLater, imports: importsOf } = originals ??= read(namespace as never);
  const modules = new NativeWeakMap<object, Outsourced>();
  bindMemories(OriginalMemory as never, { plain: sizeOf, shared: sharedSizeOf ?? sizeOf });

  const check = (memory: Limits): void => {
    if (!contained) return;
    if (isShared(memory)) throw new WebAssembly.CompileError('WebAssembly: shared memories are not allowed here');
    const most = floor(settings.maxWasmBytes / PAGE);
    if (memory.minimum > most) throw new NativeRangeError(`WebAssembly: the module asks for ${memory.minimum} pages of memory, and ${most} are allowed (MaxArrayBufferBytes is ${settings.maxWasmBytes})`);
  };
  const keep = (module: object, outsourced: Outsourced): object => {
    if (outsourced.memories.length > 0) set(modules, module, outsourced);
    return module;
  };
  const compile = (source: unknown, options?: unknown, target: object = OriginalModule): object => {
    const outsourced = outsourceMemories(copyOf(source), check);
    return keep(construct(OriginalModule, [outsourced.bytes, options], target as never) as object, outsourced);
  };
  const instantiate = (module: unknown, imports: unknown, target: object = OriginalInstance): object => {
    const outsourced = get(modules, module);
    return construct(OriginalInstance, [module, outsourced === undefined ? imports : withMemories(module, outsourced, imports)], target as never) as object;
  };

  function Module(this: unknown, source: unknown, options: unknown): object {
    if (new.target === undefined) throw new NativeTypeError('WebAssembly.Module must be invoked with \'new\'');
    return compile(source, options, new.target);
  }

  function Instance(this: unknown, module: unknown, imports: unknown): object {
    if (new.target === undefined) throw new NativeTypeError('WebAssembly.Instance must be invoked with \'new\'');
    return instantiate(module, imports, new.target);
  }

  function Memory(this: unknown, descriptor: Record<string, unknown>): object {
    if (new.target === undefined) throw new NativeTypeError('WebAssembly.Memory must be invoked with \'new\'');
    if (!isObject(descriptor)) throw new NativeTypeError('WebAssembly.Memory(): Argument 0 must be a memory descriptor');
    // In the order of the specification, and each read and converted once.
    const { address } = descriptor;
    const type = address === undefined ? undefined : `${address as string}`;
    if (type !== undefined && type !== 'i32' && type !== 'i64') throw new NativeTypeError(`WebAssembly.Memory(): Unknown address type '${type}'; pass 'i32' or 'i64'`);
    const inPages = (value: unknown, name: string): number => {
      if (type === 'i64') return toNumber(toBigInt(value as bigint));
      const pages = +(value as number);
      if (!(pages > -1 && pages < 2 ** 32)) throw new NativeTypeError(`WebAssembly.Memory(): Property '${name}': value ${pages} is outside of the range of unsigned long`);
      return pages;
    };
    const { initial } = descriptor;
    if (initial === undefined) throw new NativeTypeError('WebAssembly.Memory(): Property \'initial\' is required');
    const first = inPages(initial, 'initial');
    const { maximum } = descriptor;
    const last = maximum === undefined ? undefined : inPages(maximum, 'maximum');
    const { shared } = descriptor;
    if (shared && contained) throw new NativeTypeError('WebAssembly.Memory: shared memories are not allowed here');
    return makeMemory({ initial: first, maximum: last, shared: !!shared, wide: type === 'i64' }, new.target as never);
  }

  /** Adds the memories to the imports. The imports that the script gave are read when V8 reads them. */
  function withMemories(module: unknown, { memories, from }: Outsourced, imports: unknown): unknown {
    if (imports !== undefined && !isObject(imports)) return imports;
    const described = importsOf(module);
    const others = described.length - memories.length;
    if (others > 0 && imports === undefined) return imports;
    const given = { __proto__: null } as unknown as Record<string, unknown>;
    for (let i = 0; i < others; i++) {
      const name = described[i]!.module;
      defineProperty(given, name, { __proto__: null, get: () => (imports as Record<string, unknown>)[name], configurable: true } as PropertyDescriptor);
    }
    const own = { __proto__: null } as unknown as Record<string, unknown>;
    for (let i = 0; i < memories.length; i++) {
      const { minimum, maximum } = memories[i]!;
      own[`${i}`] = makeMemory({ initial: minimum, maximum: maximum === Infinity ? undefined : maximum, shared: isShared(memories[i]!), wide: isWide(memories[i]!) });
    }
    given[from] = own;
    return given;
  }

  replaceWasm(compile, instantiate);
  replaceConstructor(namespace, OriginalModule as never, Module);
  replaceConstructor(namespace, OriginalMemory as never, Memory as never);
  replaceConstructor(namespace, OriginalInstance as never, Instance);
  replaceMethod(OriginalMemory.prototype, 'grow', { grow(this: unknown, delta: unknown) { return growMemory(this, delta); } }.grow);
  replaceMethod(Module, 'imports', { imports(module: unknown) {
    const all = importsOf(module);
    all.length -= get(modules, module)?.memories.length ?? 0;
    return all;
  } }.imports);
  // V8's asynchronous functions would compile on threads of their own, where no limit holds.
  const compileFor = async (source: unknown, options: unknown): Promise<object> => {
    if (contained) return compile(source, options);
    const outsourced = outsourceMemories(copyOf(source), check);
    const compiling = compileLater(outsourced.bytes, options);
    awaitSettled(compiling);
    return keep(await compiling, outsourced);
  };
  replaceMethod(namespace, 'compile', { async compile(source: unknown, options: unknown) { return compileFor(source, options); } }.compile);
  replaceMethod(namespace, 'instantiate', { async instantiate(source: unknown, imports: unknown, options: unknown) {
    if (imports !== undefined && !isObject(imports)) throw new NativeTypeError('WebAssembly.instantiate(): Argument 1 must be an object');
    if (isModule(source)) return instantiate(source, imports);
    const module = await compileFor(source, options);
    return { module, instance: instantiate(module, imports) };
  } }.instantiate);

  /** Checks the internal slot, and not the prototype, which any object can have. */
  function isModule(value: unknown): boolean {
    try {
      importsOf(value);
      return true;
    } catch {
      return false;
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null || typeof value === 'function';

/** A copy of the bytes, which must not change between their check and their compilation. */
function copyOf(source: unknown): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array;
  try {
    bytes = isView(source)
      ? new NativeUint8Array((isData(source) ? dataBuffer(source) : bufferOf(source)) as ArrayBuffer, isData(source) ? dataOffset(source) : byteOffsetOf(source), isData(source) ? dataLength(source) : byteLengthOf(source))
      : new NativeUint8Array(source as ArrayBuffer, 0, isSharedArrayBuffer(source) ? sharedSizeOf!(source) : sizeOf(source as ArrayBuffer));
  } catch {
    throw new NativeTypeError('WebAssembly: the source is neither a buffer nor a view of one');
  }
  const copy = new NativeUint8Array(byteLengthOf(bytes));
  setBytes(copy, bytes, 0);
  return copy;
}

/** A DataView is a view without a typed array's name. */
const isData = (view: ArrayBufferView): view is DataView => typedArrayName(view) === undefined;
