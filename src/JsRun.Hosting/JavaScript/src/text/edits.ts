// Edits of a text in place, for the compiler and the planner: every line keeps its number.
import type { Moved } from './positions.ts';
import { Lines } from './lines.ts';

interface Edit { start: number; end: number; text: string }

export class TextEdits {
  readonly #source: string;
  readonly #edits: Edit[] = [];
  #sorted = true;

  constructor(source: string) { this.#source = source; }

  /** Edits do not overlap. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
    this.#sorted = false;
  }

  insert(at: number, text: string): void { this.replace(at, at, text); }

  hasEditAt(start: number): boolean { return this.#edits.some((edit) => edit.start === start); }

  apply(from = 0, to = this.#source.length): string {
    let text = '';
    let at = from;
    for (const edit of this.#inOrder()) {
      if (edit.start < from || edit.start > to) continue;
      text += this.#source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return text + this.#source.slice(at, to);
  }

  /**
   * Yields where the parts of the edited text came from: at the start, at the end of each edit, and at the offsets that the caller names.
   * @param prefix how much stands before the text on its first line
   * @param offsets of the source, in ascending order, none of which lies within an edit
   */
  *moved(prefix: number, offsets: readonly number[] = []): Generator<Moved & { offset: number }> {
    const edited = this.apply();
    const before = new Lines(this.#source);
    const after = new Lines(edited);
    let growth = 0;
    let next = 0;
    const at = (offset: number): Moved & { offset: number } => {
      const to = after.positionOf(offset + growth);
      const from = before.positionOf(offset);
      return { line: to.line - 1, column: to.column - 1 + (to.line === 1 ? prefix : 0), authorLine: from.line - 1, authorColumn: from.column - 1, offset };
    };
    yield at(0);
    for (const { start, end, text } of this.#inOrder()) {
      for (; next < offsets.length && offsets[next]! <= start; next++) yield at(offsets[next]!);
      while (next < offsets.length && offsets[next]! <= end) next++;
      growth += text.length - (end - start);
      yield at(end);
    }
    for (; next < offsets.length; next++) yield at(offsets[next]!);
  }

  #inOrder(): readonly Edit[] {
    if (!this.#sorted) this.#edits.sort((a, b) => a.start - b.start || a.end - b.end);
    this.#sorted = true;
    return this.#edits;
  }
}
