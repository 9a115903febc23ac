// The built bundle in a realm of its own, without any of Node's globals, with a host that tests control.
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';
import { compile } from '../src/compiler/compile.ts';
import { type AbortKind, BodyKind, EntryOp, FAILED, GO_ON, HostOp, NONE, PENDING, type ValueOutcome } from '../src/kernel/ops.ts';
import { NativeParts } from '../src/kernel/native.ts';
import type { KernelSettings } from '../src/kernel/settings.ts';
import { GlobalScope } from '../src/linker/global-names.ts';
import { CryptoOperation } from '../src/web/crypto/numbers.ts';

// Features of the product's V8 that Node.js 20 has behind a flag.
v8.setFlagsFromString('--harmony-rab-gsab-transfer');

const code = readFileSync(new URL('../dist/runtime.js', import.meta.url), 'utf8');
/** The text of the tables, which the host has. */
export const tables = JSON.parse(readFileSync(new URL('../dist/tables.json', import.meta.url), 'utf8')) as Record<string, string>;
const planner = vm.runInNewContext(readFileSync(new URL('../dist/planner.js', import.meta.url), 'utf8'), {}, { filename: 'planner.js' }) as (code: string, mayAwait: boolean, message?: string, declares?: boolean) => string | undefined;
export const bundle = new vm.Script(code, { filename: 'jsrun:runtime' });

export type Enter = (op: EntryOp, ...args: unknown[]) => void;
export interface Answer { status: number; statusText: string; headers: string; kind: BodyKind; body: unknown }
export interface Failure { name: string; message: string; thrown?: string; cause?: Failure }
export interface Outgoing { call: number; method: string; url: string; headers: string; kind: BodyKind; body: unknown }

/** One turn of the loop: all microtasks have run. */
export const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

export class Runtime {
  readonly context: vm.Context;
  readonly enter: Enter;
  readonly logs: { level: number; text: string }[] = [];
  readonly reports: { kind: number; error: Failure }[] = [];
  /** Every call of the host, except reads of the clock. */
  readonly calls: [op: HostOp, ...args: unknown[]][] = [];
  readonly answers = new Map<number, Answer>();
  readonly failures = new Map<number, Failure>();
  readonly settled: number[] = [];
  readonly fetches: Outgoing[] = [];
  readonly aborted: number[] = [];
  readonly sources = new Map<number, { chunks: Uint8Array[]; waits?: boolean; fails?: string; canceled?: boolean; pulls: number }>();
  readonly written = new Map<number, { text: string; chunks: number; ended?: boolean; error?: Failure }>();
  /** The answer of a sink to a chunk. */
  onWrite: (sink: number, chunk: number) => number = () => GO_ON;
  /** The answer of an operation of crypto.subtle, for its arguments, the staged sections and the transfer buffer. By default, new keys are numbered. */
  onCrypto: (args: number[], staged: Uint8Array, transfer: Uint8Array) => number | string = (args, _staged, transfer) => this.#number(args, transfer);
  /** The next piece of a large result. */
  onCryptoRead: (transfer: Uint8Array) => number = () => 0;
  readonly releasedKeys: number[] = [];
  /** The outcomes of evaluations and calls of the host, by their number. */
  readonly values = new Map<number, { outcome: ValueOutcome; payload: unknown; cause?: unknown }>();
  /** The answers of the host to all other operations. */
  onHost: (op: HostOp, args: unknown[]) => unknown = () => undefined;
  now = 0;
  /** In a hardened context: how free names are compiled. By default, as the module needs it. */
  scope: GlobalScope | undefined;
  readonly #timers = new Map<number, number>();
  #transfer: Uint8Array<ArrayBuffer> | undefined;
  readonly #staged: Uint8Array[] = [];
  #keys = 0;
  #journal: unknown[] | undefined;
  readonly #native: number;
  readonly #hardened: boolean;
  readonly #frames = new AsyncLocalStorage<unknown>();

  constructor(settings: Partial<KernelSettings> = {}, native = 0) {
    this.#native = native;
    this.#hardened = settings.hardened === true;
    // The global object of an ordinary vm context cannot be frozen.
    this.context = 'hardened' in settings ? vm.createContext((vm.constants as unknown as { DONT_CONTEXTIFY: vm.Context }).DONT_CONTEXTIFY) : vm.createContext({});
    bundle.runInContext(this.context);
    this.enter = (this.evaluate('__jsrun') as (host: unknown) => Enter)((op: HostOp, ...args: unknown[]) => this.#host(op, args));
    this.evaluate('delete globalThis.__jsrun');
    this.enter(EntryOp.Configure, JSON.stringify({ surface: 'Full', env: {}, maxTimers: 100, maxConsoleBytes: 100_000, maxWasmBytes: 1 << 20, ...settings }));
    if (this.reports.length > 0) throw new Error(`Configure failed: ${this.reports[0]!.error.message}`);
  }

  /** The completion value of a script; objects are the realm's own. */
  evaluate(script: string): unknown { return vm.runInContext(script, this.context); }

  /** Runs the body of an async function, and waits for its result, which crosses as JSON. */
  async run(body: string): Promise<unknown> {
    const done: { value?: string; error?: unknown } = {};
    (this.context as Record<string, unknown>).done = done;
    this.evaluate(`(async () => { ${body} })().then((value) => { done.value = JSON.stringify(value) ?? 'null'; }, (error) => { done.error = error; })`);
    const ceiling = Date.now() + 30_000;
    while (!('value' in done) && !('error' in done) && Date.now() < ceiling) {
      await turn();
      this.advance(0);
    }
    if ('error' in done) throw done.error;
    if (!('value' in done)) throw new Error('The script did not end');
    return JSON.parse(done.value!) as unknown;
  }

  /** Lets time pass; timers run in order, each in an entry of its own. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    const due = [...this.#timers].filter(([, at]) => at <= end).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    for (const [id, at] of due) {
      if (!this.#timers.has(id)) continue;
      this.now = Math.max(this.now, at);
      this.#timers.delete(id);
      this.enter(EntryOp.Timer, id);
    }
    this.now = end;
  }

  /** Lets time pass in steps with microtasks between any two timers. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      await turn();
      const next = [...this.#timers].filter(([, at]) => at <= end).sort((a, b) => a[1] - b[1] || a[0] - b[0])[0];
      if (next === undefined) break;
      this.now = Math.max(this.now, next[1]);
      this.#timers.delete(next[0]);
      this.enter(EntryOp.Timer, next[0]);
    }
    this.now = end;
    await turn();
  }

  /** Reports rejections as V8 does to the product's host. */
  rejections(...events: { handled: boolean; promise: unknown; reason?: unknown; operation?: number }[]): void {
    events.forEach(({ handled, promise, reason, operation = 0 }, i) => { [handled ? 1 : 0, promise, reason, operation].forEach((value, at) => { this.#journal![4 * i + at] = value; }); });
    this.enter(EntryOp.PromisesRejected, events.length);
  }

  get timerCount(): number { return this.#timers.size; }

  /**
   * Adds a module without imports and evaluates it.
   * @param names values that an instance of a module finds under free names that no context has
   */
  async module(url: string, source: string, names: Record<string, unknown> = {}): Promise<void> {
    let compiled = compile(source, url, this.#hardened ? this.scope ?? GlobalScope.Direct : undefined);
    if (this.scope === undefined && compiled.shape.globals === GlobalScope.Variables) compiled = compile(source, url, GlobalScope.Variables);
    const description = { url, kind: 'js', shape: compiled.shape };
    interface Linker { global(name: string, isTypeof?: boolean): unknown }
    const run = this.evaluate(compiled.code) as (context: Linker) => unknown;
    const withNames = (context: Linker): unknown => run(Object.create(context, { global: { value: (name: string, isTypeof?: boolean) => Object.hasOwn(names, name) ? names[name] : context.global(name, isTypeof) } }) as Linker);
    this.enter(EntryOp.AddModules, JSON.stringify({ modules: [description] }), Object.keys(names).length === 0 ? run : withNames);
    if (!this.#hardened) this.enter(EntryOp.EvaluateModule, 1, url);
    await turn();
  }

  /** Deploys a handler's module and sends it one request. */
  async serve(source: string, request: { method?: string; url?: string; headers?: string; source?: number; params?: object } = {}, lease = 1): Promise<Answer | undefined> {
    await this.module('file:///handler.js', source);
    return this.send(request, lease);
  }

  async send(request: { method?: string; url?: string; headers?: string; source?: number; params?: object } = {}, lease = 1): Promise<Answer | undefined> {
    const { method = 'GET', url = 'http://localhost/', headers = '', source = NONE, params = {} } = request;
    this.enter(this.code(EntryOp.HandleRequest, lease), lease, 'file:///handler.js', method, url, headers, source, JSON.stringify(params), `request-${lease}`);
    await turn();
    await turn();
    return this.answers.get(lease);
  }

  /** The number of an entry of an operation. */
  code(op: EntryOp, operation: number): EntryOp { return this.#hardened ? operation * 256 + op : op; }

  /** Ends a request as the host does. */
  release(lease: number): void { this.enter(this.code(EntryOp.Release, lease), lease); }

  abort(lease: number, kind: AbortKind, message: string): void { this.enter(EntryOp.Abort, lease, kind, message); }

  /** A source with these chunks; one that `waits` answers each pull later, when `feed` is called. */
  source(id: number, chunks: string[], options: { waits?: boolean; fails?: string } = {}): number {
    this.sources.set(id, { chunks: chunks.map((chunk) => new TextEncoder().encode(chunk)), pulls: 0, ...options });
    return id;
  }

  /** Answers a waiting pull. */
  feed(id: number): void {
    const source = this.sources.get(id)!;
    const chunk = source.chunks.shift();
    if (chunk === undefined) {
      this.enter(EntryOp.SourceReady, id, source.fails === undefined ? 0 : FAILED, source.fails);
    } else {
      this.#transfer!.set(chunk);
      this.enter(EntryOp.SourceReady, id, chunk.length);
    }
  }

  respond(call: number, status: number, headers = '', source = NONE): void { this.enter(EntryOp.FetchDone, call, status, '', headers, source); }
  refuse(call: number, name: string, message: string): void { this.enter(EntryOp.FetchDone, call, FAILED, name, message); }

  #host(op: HostOp, args: unknown[]): unknown {
    const [a, b] = args as [number, never];
    if (op === HostOp.Now) return this.now;
    if (op === HostOp.Table) return tables[args[0] as string];
    if (op === HostOp.TimeOrigin) return 1_700_000_000_000;
    if (op === HostOp.AttachNative) {
      this.#journal = this.evaluate('__jsrunNative') as unknown[];
      if ((this.#native & NativeParts.Frames) !== 0) {
        this.#journal[0] = () => this.#frames.getStore();
        this.#journal[1] = (frame: unknown) => { this.#frames.enterWith(frame); };
      }
      return this.#native;
    }
    this.calls.push([op, ...args]);
    switch (op) {
      case HostOp.Log: return void this.logs.push({ level: a, text: b });
      case HostOp.Report: return void this.reports.push({ kind: a, error: JSON.parse(b) as Failure });
      case HostOp.TimerStart: return void this.#timers.set(a, this.now + b);
      case HostOp.TimerStop: return void this.#timers.delete(a);
      case HostOp.Transfer: return void (this.#transfer = args[0] as Uint8Array<ArrayBuffer>);
      case HostOp.Stage: return void this.#staged.push(this.#transfer!.slice(0, a));
      case HostOp.RandomFill: return void crypto.getRandomValues(this.#transfer!.subarray(0, a));
      case HostOp.RandomUuid: return crypto.randomUUID();
      case HostOp.Crypto: return this.onCrypto(args as number[], this.#takeStaged(), this.#transfer!);
      case HostOp.CryptoRead: return this.onCryptoRead(this.#transfer!);
      case HostOp.CryptoRelease: return void this.releasedKeys.push(a);
      case HostOp.DecodeUtf8: {
        this.#staged.push(this.#transfer!.slice(0, a));
        return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#takeStaged());
      }
      case HostOp.EncodeUtf8: {
        const { read, written } = new TextEncoder().encodeInto(args[0] as string, this.#transfer!);
        assert.equal(read, (args[0] as string).length);
        return written;
      }
      case HostOp.Respond: {
        const [, status, statusText, headers, kind, body] = args as [number, number, string, string, BodyKind, unknown];
        return void this.answers.set(a, { status, statusText, headers, kind, body: kind === BodyKind.Bytes ? this.#takeStaged() : body });
      }
      case HostOp.HandlerFailed: return void this.failures.set(a, JSON.parse(b) as Failure);
      case HostOp.LeaseSettled: return void this.settled.push(a);
      case HostOp.SourcePull: return this.#pull(a, args[1] as number);
      case HostOp.SourceCancel: return void (this.sources.get(a)!.canceled = true);
      case HostOp.SinkWrite: {
        const sink = this.#sink(a);
        const answer = this.onWrite(a, sink.chunks);
        if (answer >= 0) {
          sink.chunks++;
          sink.text += typeof b === 'string' ? b : new TextDecoder().decode(this.#transfer!.subarray(0, b));
        }
        return answer;
      }
      case HostOp.SinkEnd: return void Object.assign(this.#sink(a), { ended: true, ...(b === undefined ? {} : { error: JSON.parse(b) as Failure }) });
      case HostOp.Fetch: {
        const [call, method, url, headers, kind, body] = args as [number, string, string, string, BodyKind, unknown];
        return void this.fetches.push({ call, method, url, headers, kind, body: kind === BodyKind.Bytes ? this.#takeStaged() : body });
      }
      case HostOp.FetchAbort: return void this.aborted.push(a);
      case HostOp.Value: return void (this.values.has(a) || this.values.set(a, { outcome: b, payload: args[2], ...(args.length > 3 ? { cause: args[3] } : {}) }));
      case HostOp.PlanScript: return planner(args[0] as string, b);
      case HostOp.FindMistake: return planner(args[0] as string, b as unknown as boolean, args[2] as string, args[3] as boolean);
      case HostOp.RunScript: return this.#runScript(args[0] as string, b);
      default: return this.onHost(op, args);
    }
  }

  #runScript(script: string, filename: string): string | undefined {
    try {
      vm.runInContext(script, this.context, { filename });
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  #number([, operation]: number[], transfer: Uint8Array): number {
    if (operation !== CryptoOperation.Generate && operation !== CryptoOperation.Import) return 0;
    new DataView(transfer.buffer).setInt32(0, ++this.#keys, true);
    return 8;
  }

  #takeStaged(): Uint8Array {
    return Buffer.concat(this.#staged.splice(0));
  }

  #pull(id: number, most: number): number {
    const source = this.sources.get(id)!;
    source.pulls++;
    if (source.waits) return PENDING;
    const chunk = source.chunks.shift();
    if (chunk !== undefined) {
      if (chunk.length > most) throw new Error('The test\'s chunk is larger than what is asked for');
      this.#transfer!.set(chunk);
      return chunk.length;
    }
    if (source.fails === undefined) return 0;
    setImmediate(() => { this.enter(EntryOp.SourceReady, id, FAILED, source.fails); });
    return FAILED;
  }

  #sink(id: number): { text: string; chunks: number; ended?: boolean; error?: Failure } {
    let sink = this.written.get(id);
    if (sink === undefined) this.written.set(id, sink = { text: '', chunks: 0 });
    return sink;
  }
}
