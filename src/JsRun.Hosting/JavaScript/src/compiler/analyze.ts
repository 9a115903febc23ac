import type { ImportExpression, Program } from 'acorn';
import type { ModuleRequest } from '../linker/graph.ts';
import { literalType } from './attributes.ts';
import type { Declarations, Place } from './declarations.ts';
import { type FreeNames, findFreeNames } from './free-names.ts';
import { type ReferenceForm, Walker } from './walker.ts';

/** A place where an imported name is used. */
export interface ImportReference {
  start: number;
  end: number;
  name: string;
  form: ReferenceForm;
  /** `{ name }`: the key must stay. */
  shorthand: boolean;
}

export interface Analysis {
  references: ImportReference[];
  /** `import.meta` */
  metas: { start: number; end: number; deleted: boolean }[];
  /** `import(` */
  imports: number[];
  /** The module's own `arguments`, which is the global variable and not the function's. */
  globalArguments: { start: number; end: number; form: ReferenceForm; shorthand: boolean }[];
  dynamic: ModuleRequest[];
  /** Whether the top level awaits. */
  async: boolean;
  /** Whether the top level declares something with `using`. */
  disposes: boolean;
  /** The module's free names, if it is compiled for instances. */
  free: FreeNames | undefined;
  /** A prefix with which no identifier of the source begins. */
  prefix: string;
}

export function analyze(program: Program, { imported, place }: Declarations, forInstances: boolean): Analysis {
  const walker = new Walker(forInstances ? everyName : imported);
  walker.walk(program);
  const visible = walker.references.filter(({ scope, name }) => !scope.hides(name));
  const { metas, imports, globalArguments, async, disposes } = walker;
  return {
    references: forInstances ? visible.filter(({ name }) => imported.has(name)) : visible,
    free: forInstances ? findFreeNames(visible.filter(({ name }) => !imported.has(name))) : undefined,
    metas,
    imports: imports.map(({ start }) => start),
    globalArguments,
    dynamic: literalImports(imports, place),
    async,
    disposes,
    prefix: unusedPrefix(walker.dollarNames),
  };
}

const everyName = { has: () => true };

function literalImports(imports: ImportExpression[], place: Place): ModuleRequest[] {
  const requests: ModuleRequest[] = [];
  for (const expression of imports) {
    const specifier = literalText(expression.source);
    const type = literalType(expression);
    // A specifier that is not a literal is only known when the code runs.
    if (specifier === undefined || !specifier.isWellFormed() || type === null) continue;
    if (requests.some((known) => known.specifier === specifier && known.type === type)) continue;
    requests.push({ specifier, ...(type && { type }), ...place(expression.source.start) });
  }
  return requests;
}

function literalText(node: ImportExpression['source']): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0]!.value.cooked ?? undefined : undefined;
}

function unusedPrefix(names: Set<string>): string {
  let prefix = '$_';
  while ([...names].some((name) => name.startsWith(prefix))) prefix = `$${prefix}`;
  return prefix;
}
