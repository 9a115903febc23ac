// The linker's errors: what, where (file:line:column) and what to do.
import type { ImportedName, ModuleRequest } from './graph.ts';
import { hasOwn, own, ReferenceErrorOf, SyntaxErrorOf, TypeErrorOf, ErrorOf } from './intrinsics.ts';
import type { ModuleRecord } from './record.ts';
import { exportedNames, type Failure } from './resolve.ts';

/** The error of importing an `error` module. */
export function loadError(module: ModuleRecord): Error {
  const { name, message } = own(module.description, 'error')!;
  switch (name) {
    case 'SyntaxError': return new SyntaxErrorOf(message);
    case 'TypeError': return new TypeErrorOf(message);
    case 'ReferenceError': return new ReferenceErrorOf(message);
    default: return new ErrorOf(message);
  }
}

export function requestError(module: ModuleRecord, { specifier, line, column }: ModuleRequest): Error {
  return new TypeErrorOf(`Cannot find the module '${specifier}'\n    at ${module.url}:${line}:${column}`);
}

/** The error of a name that does not resolve, with the place where it is imported or exported. */
export function linkError(module: ModuleRecord, entry: ImportedName, failure: Failure): Error {
  const specifier = module.shape.imports[entry.from]!.specifier;
  return new SyntaxErrorOf(`${explain(specifier, entry.name!, failure)}\n    at ${module.url}:${entry.line}:${entry.column}`);
}

function explain(specifier: string, name: string, { kind, name: sought, module, first, second }: Failure): string {
  switch (kind) {
    case 'ambiguous':
      return `'${specifier}' exports '${name}' twice, through 'export *': it comes from ${first!.url} and from ${second!.url}. Import it from one of them, or name it in an export of its own`;
    case 'circular': return `'${specifier}' has no export named '${name}': its exports lead in a circle`;
    case 'missing': return `'${specifier}' has no export named '${name}'${sought === name ? '' : ` (there it is '${sought}' of ${module.url})`}${hint(name, module)}`;
  }
}

function hint(name: string, module: ModuleRecord): string {
  const names = exportedNames(module);
  if (name === 'default') return ". Give it an 'export default', or import a name in braces";
  if (hasOwn(names, 'default') && module.shape.locals.length === 1) return '. It has a default export: import that without braces';
  return isTypeScript(module.url) ? ". If it is a type, say 'import type' or 'export type'" : '';
}

function isTypeScript(url: string): boolean {
  const last = url[url.length - 1];
  return (last === 's' && url[url.length - 2] === 't') || (last === 'x' && url[url.length - 2] === 's' && url[url.length - 3] === 't');
}
