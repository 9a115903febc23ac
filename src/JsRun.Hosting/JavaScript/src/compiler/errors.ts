import type { Position } from '../text/lines.ts';

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

/** An error of acorn. Its message ends with the position, which crosses separately. */
interface ParserError extends Error { pos?: number }

/** The position that the parser reports. */
export function fromParser(error: unknown, placeOf: (offset: number) => Position): unknown {
  const { pos, message } = error as ParserError;
  if (!(error instanceof SyntaxError) || typeof pos !== 'number') return error;
  const text = message.replace(/\s*\(\d+:\d+\)$/, '');
  return new CompileError(text === "Unexpected character '@'" ? "Decorators are not supported in JavaScript, as V8 does not have them: make it a .ts file, in which they are compiled" : text, placeOf(pos));
}

export interface CompileFailure extends Position { message: string }

export function describeFailure(error: unknown): CompileFailure {
  if (error instanceof CompileError) return { message: error.message, line: error.line, column: error.column };
  if (error instanceof RangeError && /call stack|string length|array length/.test(error.message)) return { message: 'The module nests too deeply, or is too large, to be compiled', line: 1, column: 1 };
  return { message: error instanceof Error ? error.message : String(error), line: 1, column: 1 };
}
