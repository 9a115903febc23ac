// Lines and columns of a text.

/** Lines and columns count from 1. */
export interface Position { line: number; column: number }

export const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** Lines and columns (both from 1) of offsets, with the line ends of ECMAScript. */
export class Lines {
  readonly #starts = [0];

  constructor(source: string) {
    for (const { 0: end, index } of source.matchAll(LINE_END)) this.#starts.push(index + end.length);
  }

  positionOf(offset: number): Position {
    let low = 0;
    for (let high = this.#starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }

  /** The offset of a line and column, both from 0. */
  offsetOf(line: number, column: number): number { return (this.#starts[line] ?? 0) + column; }
}

/** The position of a single offset. */
export const positionAt = (source: string, offset: number): Position => new Lines(source).positionOf(offset);
