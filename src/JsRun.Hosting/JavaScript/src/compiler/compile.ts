import { type Comment, parse, type Program, type Token } from 'acorn';
import type { GlobalScope } from '../linker/global-names.ts';
import type { ModuleShape } from '../linker/graph.ts';
import { encodePositions } from '../text/positions.ts';
import { analyze } from './analyze.ts';
import { assertContained } from './contained.ts';
import { readDeclarations } from './declarations.ts';
import { fromParser } from './errors.ts';
import { rewrite } from './rewrite.ts';
import { type Source, transpile } from './transpile.ts';

export interface CompiledModule {
  /** An expression: a generator function, async where the top level awaits. */
  code: string;
  shape: ModuleShape;
}

/** @param scope for a module of which instances are made: how its free names are compiled */
export function compile(author: string, fileName: string, scope?: GlobalScope): CompiledModule {
  const from = transpile(author, fileName);
  const comments: Comment[] = [];
  const htmlLike: number[] = [];
  const program = parseModule(from, comments, htmlLike);
  const declarations = readDeclarations(program, from.placeOf);
  const analysis = analyze(program, declarations, scope !== undefined);
  const rewritten = rewrite(from, { program, declarations, analysis, comments, htmlLike }, scope);
  assertContained(rewritten, analysis.async);
  const shape: ModuleShape = {
    ...declarations.shape, dynamic: analysis.dynamic, async: analysis.async, positions: encodePositions(rewritten.moved),
    ...(analysis.disposes && { disposes: true }), ...(analysis.free && { globals: analysis.free.needs }),
  };
  return { code: rewritten.code, shape };
}

/** `htmlLike` collects the offsets inside of `<!--` and `-->` that are operators here but would be comments in the script goal. */
function parseModule({ text: source, placeOf }: Source, comments: Comment[], htmlLike: number[]): Program {
  const watch = source.includes('<!--') || source.includes('-->');
  try {
    return parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowHashBang: true,
      onComment: comments,
      ...(watch && {
        onToken({ start, end }: Token) {
          if (source.startsWith('<!--', start) && end === start + 1) htmlLike.push(end);
          else if (source.startsWith('-->', start) && end === start + 2) htmlLike.push(end);
        },
      }),
    });
  } catch (error) {
    throw fromParser(error, placeOf);
  }
}
