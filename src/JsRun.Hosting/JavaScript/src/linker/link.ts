// Link of the specification: finds, checks, instantiates and connects modules. No code of the author runs.
import { linkError, loadError, requestError } from './errors.ts';
import { instantiate } from './instantiate.ts';
import { append, list, own } from './intrinsics.ts';
import { getterOf } from './namespace.ts';
import { type Getter, type ModuleRecord, Status } from './record.ts';
import { findRequested } from './registry.ts';
import { namespaceBinding, type Resolution, resolveExport } from './resolve.ts';

/**
 * Links a module and all that it imports. Returns whether one of the newly linked modules is asynchronous.
 * Throws an error, and links nothing, if a module failed or is missing, or if a name does not resolve.
 */
export function link(root: ModuleRecord): boolean {
  const modules = list<ModuleRecord>();
  let async = false;
  try {
    collect(root, modules);
    const imports = list<Resolution[]>();
    for (let i = 0; i < modules.length; i++) append(imports, check(modules[i]!));
    for (let i = 0; i < modules.length; i++) {
      const module = modules[i]!;
      module.getters = list();
      instantiate(module);
      async ||= module.shape.async;
    }
    for (let i = 0; i < modules.length; i++) connect(modules[i]!, imports[i]!);
  } catch (error) {
    for (let i = 0; i < modules.length; i++) reset(modules[i]!);
    throw error;
  }
  for (let i = 0; i < modules.length; i++) modules[i]!.status = Status.Linked;
  return async;
}

/** Finds the modules that are not linked yet, dependencies first. */
function collect(module: ModuleRecord, modules: ModuleRecord[]): void {
  if (module.description.kind === 'error') throw loadError(module);
  if (module.status !== Status.Unlinked) return;
  module.status = Status.Linking;
  const { imports } = module.shape;
  try {
    for (let i = 0; i < imports.length; i++) {
      const request = imports[i]!;
      const found = findRequested(module, request.specifier, own(request, 'type'));
      if (found === undefined) throw requestError(module, request);
      module.requested[i] = found;
      collect(found, modules);
    }
  } catch (error) {
    reset(module);
    throw error;
  }
  append(modules, module);
}

function reset(module: ModuleRecord): void {
  module.status = Status.Unlinked;
  module.requested = list();
  module.generator = module.start = undefined;
}

/** Checks that every indirect export, and every imported name, resolves. */
function check(module: ModuleRecord): Resolution[] {
  const { bindings, indirect } = module.shape;
  for (let i = 0; i < indirect.length; i++) {
    const entry = indirect[i]!;
    if (entry.name === null) continue;
    const resolved = resolveExport(module, entry.exported);
    if (resolved.kind !== 'found') throw linkError(module, entry, resolved);
  }
  const resolutions = list<Resolution>();
  for (let i = 0; i < bindings.length; i++) {
    const binding = bindings[i]!;
    const from = module.requested[binding.from]!;
    const resolved = binding.name === null ? namespaceBinding(from) : resolveExport(from, binding.name);
    if (resolved.kind !== 'found') throw linkError(module, binding, resolved);
    append(resolutions, resolved);
  }
  return resolutions;
}

function connect(module: ModuleRecord, imports: Resolution[]): void {
  if (module.takeImports === undefined) return;
  const getters = list<Getter>();
  for (let i = 0; i < imports.length; i++) append(getters, getterOf(imports[i]!));
  module.takeImports(getters);
  module.takeImports = undefined;
}
