// The modules that this context knows, by type and URL, and the records that an instance has of them. In a hardened context each request has a fresh record of each module that it uses; in every
// other context there is one.
import { perInstance } from '../kernel/instances.ts';
import { isModuleType, type ModuleDescription, type ModuleGraph, type ModuleShape, type ModuleType } from './graph.ts';
import { hasOwn, own, parseJson, table } from './intrinsics.ts';
import { type ModuleFunction, ModuleRecord } from './record.ts';

/** What the host has added. */
interface Known { description: ModuleDescription; shape: ModuleShape; run: ModuleFunction | undefined }

const known = table<Known>();

/** The records of one instance. */
export type Records = Record<string, ModuleRecord>;

const recordsOf = perInstance(() => table<ModuleRecord>());

/** The records of the instance to which the running code belongs. */
export const currentRecords = (): Records => recordsOf();

/** The shape of a module that is imported with a type: the default export. */
const SYNTHETIC: ModuleShape = { imports: [], bindings: [], locals: [{ exported: 'default', local: '*default*' }], indirect: [], stars: [], dynamic: [], async: false };

export function addModules(graph: string, functions: readonly ModuleFunction[]): void {
  const { modules } = parseJson(graph) as ModuleGraph;
  let next = 0;
  for (let i = 0; i < modules.length; i++) {
    const description = modules[i]!;
    const run = description.kind === 'js' ? functions[next++] : undefined;
    const key = keyOf(description.url, typeOf(description));
    // A module is added once. Only a module that failed is replaced by a later attempt.
    if (known[key] !== undefined && known[key].description.kind !== 'error') continue;
    known[key] = { description, shape: own(description, 'shape') ?? SYNTHETIC, run };
  }
}

/** @param records those of the instance that asks */
export function findModule(url: string, type: ModuleType | undefined, records = currentRecords()): ModuleRecord | undefined {
  const key = keyOf(url, type);
  const added = known[key];
  if (added === undefined) return undefined;
  const record = records[key];
  if (record !== undefined && record.description === added.description) return record;
  return records[key] = new ModuleRecord(added.description, added.shape, added.run, records);
}

/** The module that a specifier stands for, if the graph has it. */
export function findRequested(referrer: ModuleRecord, specifier: string, type: ModuleType | undefined): ModuleRecord | undefined {
  const resolved = own(referrer.description, 'resolved');
  const url = resolved !== undefined && hasOwn(resolved, specifier) ? resolved[specifier]! : undefined;
  return url === undefined ? undefined : findModule(url, type, referrer.records);
}

function typeOf(description: ModuleDescription): ModuleType | undefined {
  const { kind } = description;
  return isModuleType(kind) ? kind : own(description, 'type');
}

function keyOf(url: string, type: ModuleType | undefined): string {
  return `${type ?? 'js'} ${url}`;
}
