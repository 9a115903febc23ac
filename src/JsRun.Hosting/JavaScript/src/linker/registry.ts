// The modules that this context knows, by type and URL.
import { isModuleType, type ModuleDescription, type ModuleGraph, type ModuleShape, type ModuleType } from './graph.ts';
import { hasOwn, own, parseJson, table } from './intrinsics.ts';
import { type ModuleFunction, ModuleRecord } from './record.ts';

const records = table<ModuleRecord>();

/** The shape of a module that is imported with a type: the default export. */
const SYNTHETIC: ModuleShape = { imports: [], bindings: [], locals: [{ exported: 'default', local: '*default*' }], indirect: [], stars: [], dynamic: [], async: false };

export function addModules(graph: string, functions: readonly ModuleFunction[]): void {
  const { modules } = parseJson(graph) as ModuleGraph;
  let next = 0;
  for (let i = 0; i < modules.length; i++) {
    const description = modules[i]!;
    const run = description.kind === 'js' ? functions[next++] : undefined;
    const key = keyOf(description.url, typeOf(description));
    // A module is made once. Only a module that failed is replaced by a later attempt.
    if (records[key] !== undefined && records[key].description.kind !== 'error') continue;
    records[key] = new ModuleRecord(description, own(description, 'shape') ?? SYNTHETIC, run);
  }
}

export function findModule(url: string, type: ModuleType | undefined): ModuleRecord | undefined {
  return records[keyOf(url, type)];
}

/** The module that a specifier stands for, if the graph has it. */
export function findRequested(referrer: ModuleRecord, specifier: string, type: ModuleType | undefined): ModuleRecord | undefined {
  const resolved = own(referrer.description, 'resolved');
  const url = resolved !== undefined && hasOwn(resolved, specifier) ? resolved[specifier]! : undefined;
  return url === undefined ? undefined : findModule(url, type);
}

function typeOf(description: ModuleDescription): ModuleType | undefined {
  const { kind } = description;
  return isModuleType(kind) ? kind : own(description, 'type');
}

function keyOf(url: string, type: ModuleType | undefined): string {
  return `${type ?? 'js'} ${url}`;
}
