import type { Position } from '../linker/graph.ts';
import { positionAt } from '../text-lines.ts';

/** A mistake in the author's module, with its place. */
export class CompileError extends Error implements Position {
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: Position) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}

/** What acorn and Sucrase throw: the message ends with the place, which crosses on its own. */
interface ParserError extends Error {
  pos?: number;
  loc?: { line: number; column: number };
}

/** Where the parser says it was; acorn counts columns from 0, Sucrase from 1. */
export function fromParser(error: unknown, source: string): unknown {
  const { pos, message } = error as ParserError;
  if (!(error instanceof SyntaxError) || typeof pos !== 'number') return error;
  return new CompileError(message.replace(/\s*\(\d+:\d+\)$/, '').replace(/^Error transforming [^]*?: /, ''), positionAt(source, pos));
}

export interface CompileFailure extends Position { message: string }

export function describeFailure(error: unknown): CompileFailure {
  if (error instanceof CompileError) return { message: error.message, line: error.line, column: error.column };
  if (error instanceof RangeError) return { message: 'The module nests too deeply, or is too large, to be compiled', line: 1, column: 1 };
  return { message: error instanceof Error ? error.message : String(error), line: 1, column: 1 };
}
