import type { ImportAttribute, ImportExpression, Literal, Property, SpreadElement } from 'acorn';
import { isModuleType, type ModuleType } from '../linker/graph.ts';
import { CompileError } from './errors.ts';
import type { Place } from './declarations.ts';

/** The module type that `with { type: … }` names. An unknown attribute is an error, because to ignore it would change what is imported. */
export function moduleType(attributes: ImportAttribute[], place: Place): ModuleType | undefined {
  let type: ModuleType | undefined;
  for (const { key, value, start } of attributes) {
    const name = key.type === 'Identifier' ? key.name : String(key.value);
    if (name !== 'type') throw new CompileError(`The import attribute '${name}' is not supported: only 'type' is`, place(start));
    if (!isModuleType(value.value)) {
      throw new CompileError(`The import type '${String(value.value)}' is not supported: it must be 'json', 'text', 'bytes' or 'webassembly'`, place(value.start));
    }
    type = value.value;
  }
  return type;
}

/** The type that a dynamic import names literally; null if only running it can tell, or if it will be rejected. */
export function literalType({ options }: ImportExpression): ModuleType | undefined | null {
  if (options === null) return undefined;
  if (options.type !== 'ObjectExpression') return null;
  if (options.properties.length === 0) return undefined;
  const attributes = onlyProperty(options.properties, 'with');
  if (attributes?.type !== 'ObjectExpression') return null;
  if (attributes.properties.length === 0) return undefined;
  const type = onlyProperty(attributes.properties, 'type');
  if (type?.type !== 'Literal') return null;
  const { value } = type as Literal;
  return isModuleType(value) ? value : null;
}

function onlyProperty(properties: (Property | SpreadElement)[], name: string) {
  const [property] = properties;
  if (properties.length !== 1 || property?.type !== 'Property' || property.computed) return undefined;
  const key = property.key.type === 'Identifier' ? property.key.name : property.key.type === 'Literal' ? property.key.value : undefined;
  return key === name ? property.value : undefined;
}
