// Evaluate of the specification's Cyclic Module Records, step for step, with top-level await.
import { resume } from './instantiate.ts';
import { append, includes, list, newCapability, sort, then } from './intrinsics.ts';
import { DONE, type ModuleRecord, Status, UNSET } from './record.ts';

let lastAsyncOrder = 0;

/** The module must be linked. The promise is the linker's own: no user code holds it. */
export function evaluate(root: ModuleRecord): Promise<unknown> {
  const module = root.cycleRoot ?? root;
  if (module.topLevel !== undefined) return module.topLevel.promise;
  const capability = module.topLevel = newCapability();
  const stack = list<ModuleRecord>();
  try {
    inner(module, stack, 0);
    if (module.asyncOrder === UNSET) capability.resolve(undefined);
  } catch (value) {
    for (let i = 0; i < stack.length; i++) {
      stack[i]!.status = Status.Evaluated;
      stack[i]!.error = { value };
    }
    capability.reject(value);
  }
  return capability.promise;
}

/** InnerModuleEvaluation */
function inner(module: ModuleRecord, stack: ModuleRecord[], start: number): number {
  if (module.status === Status.EvaluatingAsync || module.status === Status.Evaluated) {
    if (module.error !== undefined) throw module.error.value;
    return start;
  }
  if (module.status === Status.Evaluating) return start;
  module.status = Status.Evaluating;
  module.index = module.ancestorIndex = start;
  let index = start + 1;
  append(stack, module);

  for (let i = 0; i < module.requested.length; i++) {
    let required = module.requested[i]!;
    index = inner(required, stack, index);
    if (required.status === Status.Evaluating) {
      if (required.ancestorIndex < module.ancestorIndex) module.ancestorIndex = required.ancestorIndex;
    } else {
      required = required.cycleRoot!;
      if (required.error !== undefined) throw required.error.value;
    }
    if (required.asyncOrder >= 0) {
      module.pendingDependencies++;
      append(required.asyncParents, module);
    }
  }

  if (module.pendingDependencies > 0 || module.shape.async) {
    module.asyncOrder = lastAsyncOrder++;
    if (module.pendingDependencies === 0) executeAsync(module);
  } else {
    execute(module);
  }
  if (module.ancestorIndex === module.index) closeCycle(module, stack);
  return index;
}

function closeCycle(root: ModuleRecord, stack: ModuleRecord[]): void {
  for (;;) {
    const module = stack[stack.length - 1]!;
    stack.length--;
    module.status = module.asyncOrder === UNSET ? Status.Evaluated : Status.EvaluatingAsync;
    module.cycleRoot = root;
    if (module === root) return;
  }
}

/** The module's body, of a module that does not await. */
function execute(module: ModuleRecord): void {
  const { start } = module;
  if (module.generator !== undefined) resume(module);
  else if (start !== undefined) start();
  module.generator = module.start = undefined;
}

function executeAsync(module: ModuleRecord): void {
  const done = resume(module) as Promise<unknown>;
  module.generator = undefined;
  then(done, () => fulfilled(module), (error) => rejected(module, error));
}

/** AsyncModuleExecutionFulfilled */
function fulfilled(module: ModuleRecord): void {
  if (module.status === Status.Evaluated) return;
  finish(module);
  const ready = list<ModuleRecord>();
  gatherAncestors(module, ready);
  sort(ready, (a, b) => a.asyncOrder - b.asyncOrder);
  for (let i = 0; i < ready.length; i++) {
    const ancestor = ready[i]!;
    if (ancestor.status === Status.Evaluated) continue;
    if (ancestor.shape.async) executeAsync(ancestor);
    else {
      try {
        execute(ancestor);
      } catch (error) {
        rejected(ancestor, error);
        continue;
      }
      finish(ancestor);
    }
  }
}

function finish(module: ModuleRecord): void {
  module.asyncOrder = DONE;
  module.status = Status.Evaluated;
  module.topLevel?.resolve(undefined);
}

/** AsyncModuleExecutionRejected */
function rejected(module: ModuleRecord, value: unknown): void {
  if (module.status === Status.Evaluated) return;
  module.error = { value };
  module.status = Status.Evaluated;
  module.asyncOrder = DONE;
  module.topLevel?.reject(value);
  for (let i = 0; i < module.asyncParents.length; i++) rejected(module.asyncParents[i]!, value);
}

/** GatherAvailableAncestors: those that waited for this module only. */
function gatherAncestors(module: ModuleRecord, ready: ModuleRecord[]): void {
  for (let i = 0; i < module.asyncParents.length; i++) {
    const parent = module.asyncParents[i]!;
    if (includes(ready, parent) || parent.cycleRoot?.error !== undefined) continue;
    if (--parent.pendingDependencies > 0) continue;
    append(ready, parent);
    if (!parent.shape.async) gatherAncestors(parent, ready);
  }
}
