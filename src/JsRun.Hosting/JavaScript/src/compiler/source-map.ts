import type { Position } from '../text/lines.ts';
import { decode } from '../text/vlq.ts';
import { Lines } from '../text/lines.ts';

interface Segment { offset: number; line: number; column: number }

/** A source map of one source, by offsets of the generated text. */
export class SourceMap {
  readonly #segments: Segment[] = [];

  constructor(mappings: string, text: string) {
    const lines = new Lines(text);
    let line = 0;
    let column = 0;
    for (const [index, group] of mappings.split(';').entries()) {
      let generated = 0;
      for (const segment of group.split(',')) {
        const [columns, , moreLines, moreColumns] = [...decode(segment)];
        if (columns === undefined) continue;
        generated += columns;
        if (moreLines === undefined) continue;
        line += moreLines;
        column += moreColumns!;
        this.#segments.push({ offset: lines.offsetOf(index, generated), line, column });
      }
    }
  }

  get offsets(): number[] { return this.#segments.map(({ offset }) => offset); }

  /** The author's position, counted from 1. The text between two segments is taken to be as the author wrote it. */
  placeOf(offset: number): Position {
    let low = -1;
    for (let high = this.#segments.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (this.#segments[middle]!.offset <= offset) low = middle;
      else high = middle;
    }
    const segment = this.#segments[low];
    if (segment === undefined) return { line: 1, column: 1 };
    const next = this.#segments[low + 1];
    const column = segment.column + (offset - segment.offset);
    const isWithin = next === undefined || next.line !== segment.line || next.column <= segment.column || column <= next.column;
    return { line: segment.line + 1, column: (isWithin ? column : next.column) + 1 };
  }
}
