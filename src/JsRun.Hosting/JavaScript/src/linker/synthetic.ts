// Modules that have no JavaScript: JSON, text, bytes, and WebAssembly, compiled or as an instance.
import { compileWasm, instantiateWasm, readerOf } from '../kernel/wasm.ts';
import { decodeBase64 } from './base64.ts';
import { create, own, parseJson, ReferenceErrorOf, table } from './intrinsics.ts';
import { namespaceOf } from './namespace.ts';
import type { Getter, ModuleRecord } from './record.ts';

/** Sets the getters of the exports, and the module's `start` if there is something to evaluate. */
export function prepare(module: ModuleRecord): void {
  const { description } = module;
  const source = own(description, 'source')!;
  if (description.kind === 'wasm') return prepareInstance(module, source);
  const value = valueOf(description.kind, source);
  module.getters[0] = () => value;
}

function valueOf(kind: string, source: string): unknown {
  switch (kind) {
    case 'json': return parseJson(source) as unknown;
    case 'bytes': return decodeBase64(source);
    case 'webassembly': return compileWasm(decodeBase64(source));
    default: return source;
  }
}

/** The ES module integration of WebAssembly: imports come from modules, and exports are there once the module has been evaluated. */
function prepareInstance(module: ModuleRecord, source: string): void {
  const compiled = compileWasm(decodeBase64(source));
  const { imports, locals } = module.shape;
  const readers = table<Getter>();
  for (let i = 0; i < locals.length; i++) {
    const { exported } = locals[i]!;
    module.getters[i] = () => {
      const reader = readers[exported];
      if (reader === undefined) throw new ReferenceErrorOf(`Cannot access '${exported}' before the WebAssembly module ${module.url} has been instantiated`);
      return reader();
    };
  }
  module.start = () => {
    const given = create(null) as Record<string, object>;
    for (let i = 0; i < imports.length; i++) {
      const from = module.requested[i]!;
      given[imports[i]!.specifier] = from.exports ?? namespaceOf(from);
    }
    const exports = module.exports = instantiateWasm(compiled, given);
    for (let i = 0; i < locals.length; i++) {
      const { exported } = locals[i]!;
      readers[exported] = readerOf(exports[exported]);
    }
  };
}
