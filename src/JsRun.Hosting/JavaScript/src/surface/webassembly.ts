// WebAssembly, contained: modules are compiled at once (V8 would go on with the asynchronous ways on threads of its own, where no limit holds) and memories are capped.
import { replaceCompile } from '../kernel/wasm.ts';
import { replaceConstructor } from './replace.ts';
import { capMemories } from './wasm-memory.ts';

const PAGE = 65536;

export function containWebAssembly(maxBytes: number): void {
  const namespace = (globalThis as { WebAssembly?: typeof WebAssembly }).WebAssembly;
  if (namespace === undefined) return;
  const { Module: OriginalModule, Memory: OriginalMemory, Instance } = namespace;
  const { construct } = Reflect;
  const most = Math.floor(maxBytes / PAGE);

  const compile = (source: unknown, target: object = OriginalModule): object => construct(OriginalModule, [capMemories(copyOf(source), maxBytes)], target as never) as object;

  function Module(this: unknown, source: unknown): object {
    if (new.target === undefined) throw new TypeError('WebAssembly.Module must be invoked with \'new\'');
    return compile(source, new.target);
  }

  function Memory(this: unknown, descriptor: { initial?: unknown; minimum?: unknown; maximum?: unknown; shared?: unknown; address?: unknown }): object {
    if (new.target === undefined) throw new TypeError('WebAssembly.Memory must be invoked with \'new\'');
    if (descriptor === null || typeof descriptor !== 'object' && typeof descriptor !== 'function') throw new TypeError('WebAssembly.Memory: the descriptor is not an object');
    const { initial, minimum, maximum, shared, address } = descriptor;
    if (shared) throw new TypeError('WebAssembly.Memory: shared memories are not allowed here');
    const first = Number(initial ?? minimum);
    if (first > most) throw new RangeError(`WebAssembly.Memory: ${first} pages asked for, and ${most} are allowed (${maxBytes} bytes)`);
    const last = maximum === undefined ? most : Number(maximum);
    const wide = address === 'i64';
    const capped = last > most ? most : last;
    return construct(OriginalMemory, [{ initial: wide ? BigInt(first) : initial ?? minimum, maximum: wide ? BigInt(capped) : maximum === undefined || last > most ? most : maximum, ...(address === undefined ? {} : { address }) }], new.target) as object;
  }

  replaceCompile(compile);
  replaceConstructor(namespace, OriginalModule as never, Module);
  replaceConstructor(namespace, OriginalMemory as never, Memory);
  Object.assign(namespace, {
    async compile(source: unknown) { return compile(source); },
    async instantiate(source: unknown, imports: object | undefined = undefined) {
      if (source instanceof OriginalModule) return construct(Instance, [source, imports]) as object;
      const module = compile(source);
      return { module, instance: construct(Instance, [module, imports]) as object };
    },
  });
}

/** A copy of the bytes: they must not change between the look at them and their compilation. */
function copyOf(source: unknown): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength).slice();
  if (source instanceof ArrayBuffer) return new Uint8Array(source).slice();
  throw new TypeError('WebAssembly: the source is neither a buffer nor a view of one');
}
