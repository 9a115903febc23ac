// Rewrites a module in place, so that every line keeps its number, into one expression that evaluates to its function:
//
//   (function* ($_) { "use strict"; var $_a; $_.link([() => b], ($_1) => { $_a = $_1[0]; }); yield;
//   …the body, where the imported `a` reads `$_a()`…
//   })
//
// A module of which instances are made (hardened contexts) has a function around this one, whose variables are the globals that the instance may have changed:
//
//   (function ($_) { let { fetch } = $_.globals; $_.follow({ __proto__: null, fetch($) { fetch = $; } }); return (function* ($_) { … })($_); })
//
// Running it to the first `yield` is instantiation: functions are hoisted and the exports' getters handed over, as closures over the native bindings, so
// live bindings and temporal dead zones cost no instrumentation. The importer's calls go through the exporter's getters. Running on is evaluation.
import type { Comment, Program } from 'acorn';
import type { Position } from '../text/lines.ts';
import type { Moved } from '../text/positions.ts';
import type { Analysis, ImportReference } from './analyze.ts';
import { GlobalScope } from '../linker/global-names.ts';
import { TextEdits } from '../text/edits.ts';
import { DEFAULT, type Declarations } from './declarations.ts';
import { divide, type FreeUse, type Scoped } from './free-names.ts';
import { lineEnds, skipSpace } from './positions.ts';
import type { Source } from './transpile.ts';

export interface Findings {
  program: Program;
  declarations: Declarations;
  analysis: Analysis;
  comments: Comment[];
  htmlLike: number[];
}

export interface Rewritten {
  code: string;
  /** The name of the function's one parameter and the text between its braces. */
  parameter: string;
  body: string;
  /** Where it stands in the source. */
  moved: Moved[];
}

export function rewrite(from: Source, findings: Findings, scope?: GlobalScope): Rewritten {
  const source = from.text;
  const { analysis, htmlLike, comments } = findings;
  const scoped = scope === undefined ? undefined : divide(analysis.free!, scope);
  const text = new TextEdits(source);
  rewriteStatements(text, source, findings);
  rewriteUses(text, source, analysis);
  if (scoped !== undefined) for (const use of scoped.calls) rewriteFreeUse(text, use, analysis.prefix);
  for (const offset of htmlLike) text.insert(offset, ' ');
  defuseComments(text, source, comments);
  const parameter = analysis.prefix;
  const around = scoped === undefined ? ['', ''] as const : instanceFunction(scoped, parameter);
  const head = `(${around[0]}${analysis.async ? 'async ' : ''}function* (${parameter}) {`;
  const opening = ` "use strict"; ${prologue(findings, scoped)}yield; `;
  const body = `${opening}${text.apply()}\n`;
  const uses = scoped === undefined ? analysis.references : [...analysis.references, ...scoped.calls];
  return { code: `${head}${body}}${around[1]})`, parameter, body, moved: placesOf(text, from, head.length + opening.length, uses) };
}

/** What stands before and after the generator function of a module of which instances are made. */
function instanceFunction({ variables }: Scoped, prefix: string): readonly [string, string] {
  const declared = variables.length === 0 ? '' : `let { ${variables.join(', ')} } = ${prefix}.globals; ${follow(variables, prefix)}`;
  return [`function (${prefix}) { ${declared}return (`, `)(${prefix}); }`];
}

function follow(variables: readonly string[], prefix: string): string {
  return `${prefix}.follow({ __proto__: null, ${variables.map((name) => `${name}($) { ${name} = $; }`).join(', ')} }); `;
}

function rewriteFreeUse(text: TextEdits, { start, end, name, form, shorthand }: FreeUse, prefix: string): void {
  const read = `${prefix}.global("${name}"${form === 'typeof' ? ', true' : ''})`;
  const use = form === 'write' ? `${prefix}3.${name}` : form === 'callee' ? `(${read})` : read;
  text.replace(start, end, (shorthand ? `${name}: ` : '') + use);
}

function placesOf(text: TextEdits, { text: source, map, placeOf }: Source, prefix: number, references: readonly (ImportReference | FreeUse)[]): Moved[] {
  const places: Moved[] = [];
  const names = new Map(references.filter(({ end }) => source[end] === '(').map(({ start, end }) => [end, start]));
  const moved = map === undefined ? text.moved(prefix) : text.moved(prefix, map.offsets);
  for (const { offset, line, column, ...own } of moved) {
    const start = names.get(offset);
    // For a call of an imported function V8 reports the position of the parenthesis, because the name has become a call itself. The author expects the position of the name.
    if (start !== undefined) places.push({ line, column, ...(map === undefined ? { ...own, authorColumn: own.authorColumn - (offset - start) } : authorOf(placeOf(start))) });
    const after = start === undefined ? 0 : 1;
    places.push({ line, column: column + after, ...(map === undefined ? { ...own, authorColumn: own.authorColumn + after } : authorOf(placeOf(offset + after))) });
  }
  return places;
}

const authorOf = ({ line, column }: Position): Pick<Moved, 'authorLine' | 'authorColumn'> => ({ authorLine: line - 1, authorColumn: column - 1 });

function prologue({ declarations, analysis }: Findings, scoped: Scoped | undefined): string {
  const { imported, shape } = declarations;
  const { prefix, references } = analysis;
  const used = new Set(references.map(({ name }) => name));
  const written = new Set(references.filter(({ form }) => form === 'write').map(({ name }) => name));
  const getters = shape.locals.map(({ local }) => `() => ${local === DEFAULT ? `${prefix}0` : local}`);
  let code = '';
  if (used.size > 0) code += `var ${[...used].map((name) => prefix + name).join(', ')}; `;
  if (written.size > 0) {
    const accessors = [...written].map((name) => `get ${name}() { return ${prefix}${name}(); }, set ${name}($) { ${prefix}.assign("${name}"); }`);
    code += `const ${prefix}2 = { __proto__: null, ${accessors.join(', ')} }; `;
  }
  const assigned = new Set(scoped?.calls.filter(({ form }) => form === 'write').map(({ name }) => name));
  if (assigned.size > 0) {
    const accessors = [...assigned].map((name) => `get ${name}() { return ${prefix}.global("${name}"); }, set ${name}($) { ${prefix}.setGlobal("${name}", $); }`);
    code += `const ${prefix}3 = { __proto__: null, ${accessors.join(', ')} }; `;
  }
  const take = [...used].map((name) => `${prefix}${name} = ${prefix}1[${imported.get(name)}];`).join(' ');
  const defaultFunction = declarations.hoistsDefault ? `, ${prefix}0` : '';
  return `${code}${prefix}.link([${getters.join(', ')}], (${prefix}1) => { ${take} }${defaultFunction}); `;
}

function rewriteStatements(text: TextEdits, source: string, { program, analysis: { prefix } }: Findings): void {
  for (const node of program.body) {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        // An empty statement stays, so that the statements around the declaration are not joined.
        text.replace(node.start, node.end, `;${lineEnds(source.slice(node.start, node.end))}`);
        break;
      case 'ExportNamedDeclaration':
        if (node.declaration) text.replace(node.start, node.start + 'export'.length, ';     ');
        else text.replace(node.start, node.end, `;${lineEnds(source.slice(node.start, node.end))}`);
        break;
      case 'ExportDefaultDeclaration': {
        const keyword = skipSpace(source, node.start + 'export'.length);
        const afterKeyword = keyword + 'default'.length;
        const { declaration } = node;
        if (declaration.type === 'FunctionDeclaration' || (declaration.type === 'ClassDeclaration' && declaration.id)) {
          text.replace(node.start, node.start + 'export'.length, ';     ');
          text.replace(keyword, afterKeyword, '       ');
          if (!declaration.id) text.insert(endOfFunctionKeyword(source, declaration.start), ` ${prefix}0 `);
        } else {
          // The property gives an anonymous function or class the name "default", as the specification asks.
          text.replace(node.start, node.start + 'export'.length, `;const ${prefix}0 = {`);
          text.insert(afterKeyword, ':');
          text.insert(source[node.end - 1] === ';' ? node.end - 1 : node.end, '}.default;');
        }
        break;
      }
    }
  }
}

function endOfFunctionKeyword(source: string, start: number): number {
  let offset = start;
  if (source.startsWith('async', offset)) offset = skipSpace(source, offset + 'async'.length);
  const end = offset + 'function'.length;
  const next = skipSpace(source, end);
  return source[next] === '*' ? next + 1 : end;
}

function rewriteUses(text: TextEdits, source: string, { prefix, references, metas, imports, globalArguments }: Analysis): void {
  for (const { start, end, name, form, shorthand } of references) {
    const key = shorthand ? `${name}: ` : '';
    const use = form === 'write' ? `${prefix}2.${name}` : form === 'callee' ? `(${prefix}${name}())` : `${prefix}${name}()`;
    text.replace(start, end, key + use);
  }
  for (const { start, end, form, shorthand } of globalArguments) {
    const use = `${prefix}.arguments(${form === 'typeof' ? 'true' : ''})`;
    text.replace(start, end, (shorthand ? 'arguments: ' : '') + (form === 'callee' ? `(${use})` : use));
  }
  for (const { start, end, deleted } of metas) {
    const meta = `${prefix}${lineEnds(source.slice(start, end))}.meta`;
    text.replace(start, end, deleted ? `(0, ${meta})` : meta);
  }
  for (const start of imports) text.replace(start, start + 'import'.length, `${prefix}.import`);
}

function defuseComments(text: TextEdits, source: string, comments: Comment[]): void {
  // A hashbang is a comment only at the very start.
  if (source.startsWith('#!')) text.replace(0, 2, '// ');
  for (const { type, start, value } of comments) {
    // `//# sourceURL=` would rename the script in stack traces.
    if (type === 'Line' && source[start] === '/' && /^[#@]\s*sourceURL=/.test(value)) text.replace(start + 2, start + 3, ' ');
  }
}
