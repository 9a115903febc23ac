import type { ModuleDescription, ModuleShape } from './graph.ts';
import { type Capability, list, table } from './intrinsics.ts';

export type Getter = () => unknown;

/** A module's function, as the compiler made it (compiler/rewrite.ts). */
export type ModuleFunction = (context: object) => Generator | AsyncGenerator;

/** The states of the specification's Cyclic Module Records. JavaScript's alone. */
export const enum Status { Unlinked, Linking, Linked, Evaluating, EvaluatingAsync, Evaluated }

/** Values of `asyncOrder` beside the counting ones. */
export const UNSET = -1;
export const DONE = -2;

/** One module of this context. Field for field the specification's Source Text Module Record where that has one. */
export class ModuleRecord {
  readonly url: string;
  readonly description: ModuleDescription;
  readonly shape: ModuleShape;
  readonly run: ModuleFunction | undefined;
  /** The records of the instance that this one belongs to. */
  readonly records: Record<string, ModuleRecord>;
  status = Status.Unlinked;
  /** The modules that `shape.imports` stands for, once linking has found them. */
  requested: ModuleRecord[] = list();
  /** The getters of `shape.locals`. */
  getters: Getter[] = list();
  /** Hands the imported names' getters to the module's function; once. */
  takeImports: ((getters: Getter[]) => void) | undefined;
  generator: Generator | AsyncGenerator | undefined;
  /** Evaluates a module that has no function. */
  start: (() => void) | undefined;
  /** The exports of a WebAssembly instance as other instances import them: of a global the object, and not its value. */
  exports: object | undefined;
  namespace: object | undefined;
  /** Modules that dynamic imports of computed specifiers have found: the same specifier gives the same module (scripts.ts). */
  readonly found = table<ModuleRecord>();

  error: { value: unknown } | undefined;
  index = 0;
  ancestorIndex = 0;
  cycleRoot: ModuleRecord | undefined;
  asyncOrder = UNSET;
  topLevel: Capability | undefined;
  readonly asyncParents: ModuleRecord[] = list();
  pendingDependencies = 0;

  constructor(description: ModuleDescription, shape: ModuleShape, run: ModuleFunction | undefined, records: Record<string, ModuleRecord>) {
    this.url = description.url;
    this.description = description;
    this.shape = shape;
    this.run = run;
    this.records = records;
  }
}
