// Compiles types and JSX to JavaScript with TypeScript's own compiler (typescript/index.ts), which is loaded when a module needs it. ES modules stay ES modules, which the linker links.
import type { Position } from '../text/lines.ts';
import { positionAt } from '../text/lines.ts';
import type { Emitted, EmitOptions, JsxOptions } from '../typescript/index.ts';
import { CompileError } from './errors.ts';
import { SourceMap } from './source-map.ts';

/** The text to compile, and how to find the author's positions in it. */
export interface Source {
  text: string;
  map?: SourceMap;
  /** The author's position of an offset of the text. */
  placeOf(offset: number): Position;
}

/** The extensions of files that TypeScript compiles; Engine/TypeScriptFiles.cs knows them, too. */
const EXTENSIONS = new Set(['ts', 'mts', 'tsx', 'jsx']);

export function transpile(author: string, fileName: string): Source {
  const extension = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? 'js';
  if (!EXTENSIONS.has(extension)) return { text: author, placeOf: (offset) => positionAt(author, offset) };
  const { code, mappings, mistakes } = emitted(author, { extension, jsx: jsxOptions(author) });
  const first = mistakes.sort((a, b) => a.offset - b.offset)[0];
  if (first !== undefined) throw new CompileError(first.message, positionAt(author, first.offset));
  const map = new SourceMap(mappings, code);
  return { text: code, map, placeOf: (offset) => map.placeOf(offset) };
}

const ENTITY = /&#(?:x([\da-f]+)|(\d+));/gi;

function emitted(author: string, options: EmitOptions): Emitted {
  try {
    return (globalThis as unknown as { __jsrunEmit(source: string, options: EmitOptions): Emitted }).__jsrunEmit(author, options);
  } catch (error) {
    // The compiler takes any number for a character.
    for (const { 0: entity, 1: hex, 2: decimal, index } of author.matchAll(ENTITY)) {
      if ((hex !== undefined ? parseInt(hex, 16) : Number(decimal)) > 0x10ffff) throw new CompileError(`${entity} is not a character: the largest is &#x10ffff;`, positionAt(author, index));
    }
    throw error;
  }
}

/** White space and comments before the first token, a hashbang included: pragmas count only there. */
const HEAD = /^\uFEFF?(?:#!.*)?(?:\s|\/\/.*|\/\*[^]*?\*\/)*/;
const PRAGMA = /@(jsx|jsxFrag|jsxImportSource|jsxRuntime)[^\S\r\n]+(\S+)/g;

function jsxOptions(author: string): JsxOptions {
  const options: JsxOptions = {};
  let runtime: string | undefined;
  for (const { 1: name, 2: value, index } of HEAD.exec(author)![0].matchAll(PRAGMA)) {
    switch (name) {
      case 'jsx': options.factory = value!; break;
      case 'jsxFrag': options.fragment = value!; break;
      case 'jsxImportSource': options.importSource = value!; break;
      default:
        if (value !== 'automatic' && value !== 'classic') throw new CompileError(`@jsxRuntime must be 'automatic' or 'classic', not '${value}'`, positionAt(author, index));
        runtime = value;
    }
  }
  // Only the classic runtime has factories, so a pragma that names one selects it.
  options.classic = runtime === undefined ? options.factory !== undefined || options.fragment !== undefined : runtime === 'classic';
  return options;
}
