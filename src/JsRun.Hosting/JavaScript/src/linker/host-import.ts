// The entry ImportModule: the host imports a module, and receives its exports as a value.
import { answer, answerThrown } from '../values/answer.ts';
import { onEntry } from '../kernel/entries.ts';
import { EntryOp } from '../kernel/ops.ts';
import type { ModuleType } from './graph.ts';
import { TypeErrorOf } from './intrinsics.ts';
import { namespaceOf } from './namespace.ts';
import { findModule } from './registry.ts';
import { linkAndEvaluateAtOnce } from './run.ts';

onEntry(EntryOp.ImportModule, (call: number, url: string, type: ModuleType | undefined) => {
  const rejected = (error: unknown): void => { answerThrown(call, error); };
  const module = findModule(url, type);
  if (module === undefined) return rejected(new TypeErrorOf(`Cannot find the module '${url}'`));
  linkAndEvaluateAtOnce(module, () => { answer(call, namespaceOf(module)); }, rejected);
});
