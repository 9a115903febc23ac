// WebAssembly.

declare namespace WebAssembly {
  type ImportExportKind = 'function' | 'global' | 'memory' | 'table' | 'tag';
  type ValueType = 'anyfunc' | 'externref' | 'f32' | 'f64' | 'i32' | 'i64' | 'v128';
  type ExportValue = Function | Global | Memory | Table | Tag;
  type Exports = Record<string, any>;
  type Imports = Record<string, Record<string, any>>;
  interface WebAssemblyInstantiatedSource { instance: Instance; module: Module }

  interface Module {}
  var Module: {
    prototype: Module;
    new (bytes: BufferSource): Module;
    customSections(module: Module, name: string): ArrayBuffer[];
    exports(module: Module): { name: string; kind: ImportExportKind }[];
    imports(module: Module): { module: string; name: string; kind: ImportExportKind }[];
  };
  interface Instance { readonly exports: Exports }
  var Instance: { prototype: Instance; new (module: Module, imports?: Imports): Instance };
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(delta: number): number;
  }
  var Memory: { prototype: Memory; new (descriptor: { initial: number; maximum?: number }): Memory };
  interface Table {
    readonly length: number;
    get(index: number): any;
    grow(delta: number, value?: any): number;
    set(index: number, value?: any): void;
  }
  var Table: { prototype: Table; new (descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number }, value?: any): Table };
  interface Global<T = any> {
    value: T;
    valueOf(): T;
  }
  var Global: { prototype: Global; new <T = any>(descriptor: { value: ValueType; mutable?: boolean }, value?: T): Global<T> };
  interface Tag {}
  var Tag: { prototype: Tag; new (descriptor: { parameters: Iterable<ValueType> }): Tag };
  interface Exception {
    is(tag: Tag): boolean;
    getArg(tag: Tag, index: number): any;
  }
  var Exception: { prototype: Exception; new (tag: Tag, payload: Iterable<any>, options?: { traceStack?: boolean }): Exception };
  interface CompileError extends Error {}
  var CompileError: { prototype: CompileError; new (message?: string): CompileError };
  interface LinkError extends Error {}
  var LinkError: { prototype: LinkError; new (message?: string): LinkError };
  interface RuntimeError extends Error {}
  var RuntimeError: { prototype: RuntimeError; new (message?: string): RuntimeError };

  const JSTag: Tag;
  function compile(bytes: BufferSource): Promise<Module>;
  function compileStreaming(source: Response | PromiseLike<Response>): Promise<Module>;
  function instantiate(bytes: BufferSource, imports?: Imports): Promise<WebAssemblyInstantiatedSource>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiateStreaming(source: Response | PromiseLike<Response>, imports?: Imports): Promise<WebAssemblyInstantiatedSource>;
  function validate(bytes: BufferSource): boolean;
}
