// Maps positions in the text that V8 runs to positions in the author's file. Most of the text stays where it was when the compiler rewrites it, so only what has moved is kept: from an entry's
// column to the next entry, or to the end of the line, everything has moved by the same distance. Lines and columns count from 0.
import { decode, encode } from './vlq.ts';

export interface Moved {
  line: number;
  column: number;
  authorLine: number;
  authorColumn: number;
}

/** Encodes entries, which must be in the order of their lines and columns. An entry that moves nothing further is left out. */
export function encodePositions(entries: Iterable<Moved>): string {
  let text = '';
  let last = { line: 0, column: 0, lines: 0, columns: 0 };
  let current = { line: 0, lines: 0, columns: 0 };
  for (const { line, column, authorLine, authorColumn } of entries) {
    const lines = authorLine - line;
    const columns = authorColumn - column;
    if (line !== current.line) current = { line, lines: 0, columns: 0 };
    if (lines === current.lines && columns === current.columns) continue;
    text += encode(line - last.line) + encode(line === last.line ? column - last.column : column) + encode(lines - last.lines) + encode(columns - last.columns);
    last = { line, column, lines, columns };
    current = { line, lines, columns };
  }
  return text;
}

/** The author's line and column for V8's line and column; the same if nothing has moved. */
export function authorPlace(positions: string, line: number, column: number): [line: number, column: number] {
  const numbers = decode(positions);
  const next = (): number => numbers.next().value ?? 0;
  let at = { line: 0, column: 0, lines: 0, columns: 0 };
  let found: [number, number] = [line, column];
  for (let first = numbers.next(); !first.done; first = numbers.next()) {
    const lineStep = first.value;
    at = { line: at.line + lineStep, column: next() + (lineStep === 0 ? at.column : 0), lines: at.lines + next(), columns: at.columns + next() };
    if (at.line > line || (at.line === line && at.column > column)) break;
    if (at.line === line) found = [line + at.lines, column + at.columns];
  }
  return found;
}
