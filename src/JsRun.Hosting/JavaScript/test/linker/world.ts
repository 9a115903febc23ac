// A context as the host makes it, for tests: the kernel and the linker evaluated in a realm of their own, modules compiled and then evaluated as scripts.
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import '../../src/typescript/index.ts';
import { compile } from '../../src/compiler/compile.ts';
import { CompileError } from '../../src/compiler/errors.ts';
import type { ErrorText } from '../../src/kernel/errors.ts';
import { EntryOp, HostOp } from '../../src/kernel/ops.ts';
import type { ModuleDescription, ModuleType } from '../../src/linker/graph.ts';

const bundle = new vm.Script(buildSync({
  stdin: {
    contents: "import './src/kernel/enter.ts'; import { moduleNamespace } from './src/linker/index.ts'; globalThis.moduleNamespace = moduleNamespace;",
    resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    loader: 'ts',
  },
  bundle: true, format: 'iife', target: 'esnext', write: false,
}).outputFiles[0]!.text, { filename: 'runtime.js' });

/** Paths under the root and their sources. */
export type Files = Record<string, string> | ((path: string) => string | undefined);
export type Enter = (op: EntryOp, ...args: unknown[]) => void;

/** What modules in tests log to: an array on the context's global object. */
export interface Outcome { error: ErrorText | undefined; log: unknown[] }

export class World {
  readonly context = vm.createContext({ log: [], console });
  readonly enter: Enter;
  /** Answers requests for modules that the graph does not have. */
  onLoad: (call: number, specifier: string, referrer: string, type: ModuleType | undefined) => void;
  readonly reports: ErrorText[] = [];
  readonly #files: Files;
  readonly #added = new Set<string>();
  readonly #calls = new Map<number, (error: string | undefined) => void>();
  readonly #namespace: (url: string) => Record<string, unknown> | undefined;
  #lastCall = 0;

  constructor(files: Files) {
    this.#files = files;
    bundle.runInContext(this.context);
    this.#namespace = this.evaluate('moduleNamespace') as World['namespace'];
    this.enter = (this.evaluate('__jsrun') as (host: unknown) => Enter)((op: HostOp, ...args: unknown[]) => this.#host(op, args));
    this.evaluate('globalThis.importScript = __jsrun.import; delete globalThis.__jsrun; delete globalThis.moduleNamespace');
    this.onLoad = (call, specifier, referrer, type) => {
      const url = new URL(specifier, referrer).href;
      this.add(url, type);
      this.enter(EntryOp.ModuleLoaded, call, url);
    };
  }

  evaluate(code: string): unknown { return vm.runInContext(code, this.context); }

  namespace(url: string): Record<string, unknown> | undefined { return this.#namespace(url); }

  /** Adds a module and its static and literal dynamic imports. */
  add(url: string, type?: ModuleType): void {
    const modules: ModuleDescription[] = [];
    const functions: unknown[] = [];
    this.#collect(url, type, modules, functions);
    this.enter(EntryOp.AddModules, JSON.stringify({ modules }), ...functions);
  }

  /** Adds and evaluates a module; returns the outcome of its evaluation. */
  async run(path = 'main.js'): Promise<Outcome> {
    return { error: await this.start(`file:///${path}`), log: structuredClone(this.evaluate('log')) as unknown[] };
  }

  async start(url: string): Promise<ErrorText | undefined> {
    this.add(url);
    const call = ++this.#lastCall;
    const text = await new Promise<string | undefined>((resolve) => {
      this.#calls.set(call, resolve);
      this.enter(EntryOp.EvaluateModule, call, url);
    });
    return text === undefined ? undefined : JSON.parse(text) as ErrorText;
  }

  #host(op: HostOp, args: unknown[]): void {
    switch (op) {
      case HostOp.ModuleDone: return this.#calls.get(args[0] as number)!(args[1] as string | undefined);
      case HostOp.ModuleLoad: return void setImmediate(() => this.onLoad(...args as Parameters<World['onLoad']>));
      case HostOp.Report: this.reports.push(JSON.parse(args[1] as string) as ErrorText); break;
    }
  }

  #collect(url: string, type: ModuleType | undefined, modules: ModuleDescription[], functions: unknown[]): void {
    const key = `${type} ${url}`;
    if (this.#added.has(key)) return;
    this.#added.add(key);
    const path = decodeURIComponent(url.slice('file:///'.length));
    const source = typeof this.#files === 'function' ? this.#files(path) : this.#files[path];
    const failed = (name: string, message: string): void => void modules.push({ url, kind: 'error', ...(type && { type }), error: { name, message } });
    if (source === undefined) return failed('Error', `Cannot find ${path}`);
    if (type !== undefined) return void modules.push({ url, kind: type, source });
    try {
      const { code, shape } = compile(source, path);
      functions.push(vm.runInContext(code, this.context, { filename: url }));
      const requests = [...shape.imports, ...shape.dynamic];
      const resolved = Object.fromEntries(requests.map(({ specifier }) => [specifier, new URL(specifier, url).href]));
      modules.push({ url, kind: 'js', resolved, shape });
      for (const request of requests) this.#collect(resolved[request.specifier]!, request.type, modules, functions);
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      failed('SyntaxError', `${error.message} (${path}:${error.line}:${error.column})`);
    }
  }
}

/** Runs `main.js` of the files in a world of its own. */
export function run(files: Files): Promise<Outcome> {
  return new World(files).run();
}
