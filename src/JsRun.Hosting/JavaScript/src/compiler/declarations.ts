// What a module's import and export statements declare.
import type { ExportAllDeclaration, ExportNamedDeclaration, Identifier, ImportAttribute, ImportDeclaration, Literal, Program } from 'acorn';
import type { ModuleShape } from '../linker/graph.ts';
import type { Position } from '../text/lines.ts';
import { moduleType } from './attributes.ts';
import { CompileError } from './errors.ts';
import { patternNames } from './patterns.ts';

/** The author's position of what is at an offset. */
export type Place = (offset: number) => Position;

/** The binding of a default export that has no name of its own. */
export const DEFAULT = '*default*';

export interface Declarations {
  shape: Omit<ModuleShape, 'dynamic' | 'async'>;
  /** Local names of imports, with their index in `shape.bindings`. */
  imported: Map<string, number>;
  /** Whether the default export is a function without a name, which is hoisted like any other. */
  hoistsDefault: boolean;
  place: Place;
}

export function readDeclarations(program: Program, place: Place): Declarations {
  const reader = new DeclarationReader(place);
  // Exports may name imports that come after them.
  for (const statement of program.body) reader.readRequest(statement);
  for (const statement of program.body) reader.readExport(statement);
  return reader;
}

class DeclarationReader implements Declarations {
  readonly shape: Declarations['shape'] = { imports: [], bindings: [], locals: [], indirect: [], stars: [] };
  readonly imported = new Map<string, number>();
  hoistsDefault = false;
  readonly place: Place;
  readonly #requests = new Map<string, number>();

  constructor(place: Place) { this.place = place; }

  readRequest(statement: Program['body'][number]): void {
    switch (statement.type) {
      case 'ImportDeclaration': return this.#readImport(statement);
      case 'ExportAllDeclaration': return this.#readExportAll(statement);
      case 'ExportNamedDeclaration': return this.#readExportFrom(statement);
    }
  }

  readExport(statement: Program['body'][number]): void {
    const { locals } = this.shape;
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      const named = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration' ? declaration.id?.name : undefined;
      locals.push({ exported: 'default', local: named ?? DEFAULT });
      this.hoistsDefault = declaration.type === 'FunctionDeclaration' && named === undefined;
    } else if (statement.type === 'ExportNamedDeclaration' && !statement.source) {
      const { declaration } = statement;
      if (declaration?.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations) for (const name of patternNames(id)) locals.push({ exported: name, local: name });
      } else if (declaration) {
        locals.push({ exported: declaration.id.name, local: declaration.id.name });
      }
      this.#readSpecifiers(statement);
    }
  }

  #readSpecifiers(statement: ExportNamedDeclaration): void {
    for (const { local, exported } of statement.specifiers) {
      const name = (local as Identifier).name;
      const binding = this.shape.bindings[this.imported.get(name) ?? -1];
      if (binding === undefined) this.shape.locals.push({ exported: nameOf(exported), local: name });
      else this.shape.indirect.push({ ...binding, exported: nameOf(exported) });
    }
  }

  #readImport({ source, attributes, specifiers }: ImportDeclaration): void {
    const from = this.#request(source, attributes);
    for (const specifier of specifiers) {
      const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : specifier.type === 'ImportDefaultSpecifier' ? 'default' : null;
      this.imported.set(specifier.local.name, this.shape.bindings.length);
      this.shape.bindings.push({ from, name, ...this.place(specifier.start) });
    }
  }

  #readExportAll({ source, attributes, exported, start }: ExportAllDeclaration): void {
    const from = this.#request(source, attributes);
    if (exported === null || exported === undefined) this.shape.stars.push(from);
    else this.shape.indirect.push({ exported: nameOf(exported), from, name: null, ...this.place(start) });
  }

  #readExportFrom({ source, attributes, specifiers }: ExportNamedDeclaration): void {
    if (!source) return;
    const from = this.#request(source, attributes);
    for (const { local, exported, start } of specifiers) {
      const name = nameOf(local);
      this.shape.indirect.push({ exported: nameOf(exported), from, name, ...this.place(start) });
    }
  }

  #request(source: Literal, attributes: ImportAttribute[] = []): number {
    const specifier = source.value as string;
    const type = moduleType(attributes, this.place);
    if (!specifier.isWellFormed()) throw new CompileError('A specifier cannot include a lone surrogate', this.place(source.start));
    const key = `${type ?? ''} ${specifier}`;
    const known = this.#requests.get(key);
    if (known !== undefined) return known;
    this.#requests.set(key, this.shape.imports.length);
    return this.shape.imports.push({ specifier, ...(type && { type }), ...this.place(source.start) }) - 1;
  }
}

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : node.value as string;
}
