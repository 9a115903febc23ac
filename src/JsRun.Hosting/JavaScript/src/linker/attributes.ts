import { isModuleType, type ModuleType } from './graph.ts';
import { getOwnPropertyDescriptor, ownKeys, TypeErrorOf } from './intrinsics.ts';

/** The module type that the second argument of `import()` asks for. Reads the author's objects, in the specification's order. */
export function requestedType(options: unknown): ModuleType | undefined {
  if (options === undefined) return undefined;
  if (!isObject(options)) throw new TypeErrorOf('The second argument of import() must be an object');
  const attributes = (options as { with?: unknown }).with;
  if (attributes === undefined) return undefined;
  if (!isObject(attributes)) throw new TypeErrorOf("The option 'with' of import() must be an object");

  let type: string | undefined;
  let unknown: string | undefined;
  const keys = ownKeys(attributes);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (typeof key === 'symbol' || !getOwnPropertyDescriptor(attributes, key)?.enumerable) continue;
    const value = (attributes as Record<string, unknown>)[key];
    if (typeof value !== 'string') throw new TypeErrorOf(`The import attribute '${key}' must be a string`);
    if (key === 'type') type = value;
    else unknown = key;
  }
  if (unknown !== undefined) throw new TypeErrorOf(`The import attribute '${unknown}' is not supported: only 'type' is`);
  if (type !== undefined && !isModuleType(type)) throw new TypeErrorOf(`The import type '${type}' is not supported: it must be 'json', 'text', 'bytes' or 'webassembly'`);
  return type;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
