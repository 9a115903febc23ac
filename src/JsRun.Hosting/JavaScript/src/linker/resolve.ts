// ResolveExport and GetExportedNames of the specification.
import { append, includes, list, table } from './intrinsics.ts';
import type { ModuleRecord } from './record.ts';

/** A binding: one of a module's locals, or the module's namespace. */
export interface Resolution {
  kind: 'found';
  module: ModuleRecord;
  /** The local name: two exports are the same binding if they share it. `null` is the namespace. */
  local: string | null;
  /** Index of the getter. */
  index: number;
}

/** If nothing is found, `name` and `module` are those of the last search. */
export interface Failure {
  kind: 'missing' | 'circular' | 'ambiguous';
  name: string;
  module: ModuleRecord;
  /** The two modules that export the name. */
  first?: ModuleRecord;
  second?: ModuleRecord;
}

export function resolveExport(module: ModuleRecord, name: string, seen = table<ModuleRecord[]>()): Resolution | Failure {
  const asked = (seen[name] ??= list<ModuleRecord>());
  if (includes(asked, module)) return { kind: 'circular', name, module };
  append(asked, module);

  const { locals, indirect } = module.shape;
  for (let index = 0; index < locals.length; index++) {
    const { exported, local } = locals[index]!;
    if (exported === name) return { kind: 'found', module, local, index };
  }
  for (let i = 0; i < indirect.length; i++) {
    const entry = indirect[i]!;
    if (entry.exported !== name) continue;
    const from = module.requested[entry.from]!;
    return entry.name === null ? namespaceBinding(from) : resolveExport(from, entry.name, seen);
  }
  return resolveStars(module, name, seen);
}

function resolveStars(module: ModuleRecord, name: string, seen: Record<string, ModuleRecord[]>): Resolution | Failure {
  const { stars } = module.shape;
  let found: Resolution | undefined;
  // `export *` does not export the default export.
  for (let i = 0; name !== 'default' && i < stars.length; i++) {
    const resolved = resolveExport(module.requested[stars[i]!]!, name, seen);
    if (resolved.kind === 'ambiguous') return resolved;
    if (resolved.kind !== 'found') continue;
    if (found === undefined) found = resolved;
    else if (found.module !== resolved.module || found.local !== resolved.local) {
      return { kind: 'ambiguous', name, module, first: found.module, second: resolved.module };
    }
  }
  return found ?? { kind: 'missing', name, module };
}

export function namespaceBinding(module: ModuleRecord): Resolution {
  return { kind: 'found', module, local: null, index: -1 };
}

/** Every name that a module exports, ambiguous ones included, in no particular order. */
export function exportedNames(module: ModuleRecord, names = table<true>(), visited: ModuleRecord[] = list()): Record<string, true> {
  if (includes(visited, module)) return names;
  const isRoot = visited.length === 0;
  append(visited, module);
  const { locals, indirect, stars } = module.shape;
  for (let i = 0; i < locals.length; i++) addName(names, locals[i]!.exported, isRoot);
  for (let i = 0; i < indirect.length; i++) addName(names, indirect[i]!.exported, isRoot);
  for (let i = 0; i < stars.length; i++) exportedNames(module.requested[stars[i]!]!, names, visited);
  return names;
}

function addName(names: Record<string, true>, name: string, isRoot: boolean): void {
  if (isRoot || name !== 'default') names[name] = true;
}
