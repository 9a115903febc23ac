import type { Position } from '../linker/graph.ts';
import { LINE_END, positionAt } from '../text-lines.ts';

/**
 * The author's place of something that the transpiled source has at an offset. Lines are the same; where types or JSX were taken out of the line,
 * the column is that of the text's first occurrence, or of the line's first token.
 */
export function authorPosition(source: string, author: string, offset: number, text: string): Position {
  const position = positionAt(source, offset);
  if (source === author) return position;
  const line = author.split(LINE_END, position.line)[position.line - 1] ?? '';
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    if (!isWordPart(line[at - 1]) && !isWordPart(line[at + text.length])) return { line: position.line, column: at + 1 };
  }
  return { line: position.line, column: line.search(/\S|$/) + 1 };
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{ID_Continue}$]/u.test(character);
}

/** Only the line ends of a text: what replaces removed source, so that the lines after it keep their numbers. */
export function lineEnds(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]+/g, '');
}

const SPACE = /(?:\s|\/\/.*|\/\*[^]*?\*\/)*/y;

/** The offset of the next token after white space and comments. */
export function skipSpace(source: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.test(source);
  return SPACE.lastIndex;
}
