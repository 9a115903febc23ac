// The linker: ES modules without V8's loader. The compiler has made functions of the modules; the linker connects their imports and exports, and runs them.
import { onEntry } from '../kernel/entries.ts';
import { errorText } from '../kernel/errors.ts';
import { host } from '../kernel/host.ts';
import { closeInstance, isHardened, openInstance } from '../kernel/instances.ts';
import { importWith } from '../kernel/native.ts';
import { EntryOp, HostOp } from '../kernel/ops.ts';
import { moduleLoaded } from './dynamic.ts';
import { defineProperty, TypeErrorOf } from './intrinsics.ts';
import { namespaceOf } from './namespace.ts';
import { type ModuleFunction, Status } from './record.ts';
import { addModules, findModule } from './registry.ts';
import { linkAndEvaluate } from './run.ts';
import { shapeOf } from './handler.ts';
import { importFromScript, importFromText } from './scripts.ts';

onEntry(EntryOp.AddModules, (graph: string, ...functions: ModuleFunction[]) => addModules(graph, functions));

onEntry(EntryOp.EvaluateModule, evaluateModule);

/** In a hardened context this only shows whether the module can be evaluated, and whether it handles requests: its instance is thrown away. */
export function evaluateModule(call: number, url: string): void {
  const done = (error?: string, shape?: string): void => {
    if (isHardened) closeInstance(call);
    host(HostOp.ModuleDone, call, error, shape);
  };
  const rejected = (error: unknown): void => { done(errorText(error)); };
  if (isHardened) openInstance(call);
  const module = findModule(url, undefined);
  if (module === undefined) rejected(new TypeErrorOf(`Cannot find the module '${url}'`));
  else linkAndEvaluate(module, () => { done(undefined, shapeOf(moduleNamespace(url))); }, rejected);
}

onEntry(EntryOp.ModuleLoaded, moduleLoaded);

importWith(importFromText);

// The host takes it together with the kernel's trampoline, and makes it a constant of the context's scripts.
defineProperty((globalThis as unknown as { __jsrun: object }).__jsrun, 'import', { __proto__: null, value: importFromScript } as PropertyDescriptor);

/** The namespace object of a module that has been evaluated without an error. Its properties are the author's. */
export function moduleNamespace(url: string): object | undefined {
  const module = findModule(url, undefined);
  return module !== undefined && module.status === Status.Evaluated && module.error === undefined ? namespaceOf(module) : undefined;
}
