/** The line ends of a text. They replace removed source, so that the lines after it keep their numbers. */
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
