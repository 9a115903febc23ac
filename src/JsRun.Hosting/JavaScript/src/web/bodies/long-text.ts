// Text that is too long to cross whole. It stays in V8's heap, where the heap's limit counts it, and goes out piece by piece, as fast as it is read.
import { charCodeAt, slice } from '../../kernel/intrinsics.ts';
import { utf8Length } from '../encoding/utf8.ts';

/** The length of a piece in code units. */
const PIECE = 16 * 1024;

export class LongText {
  /** The length in bytes of UTF-8. */
  readonly length: number;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.length = utf8Length(text);
  }

  /** The next piece, or undefined at the end. A pair of surrogates stays in one piece. */
  next(): string | undefined {
    const from = this.#at;
    if (from >= this.#text.length) return undefined;
    let to = from + PIECE;
    if (to < this.#text.length) {
      const last = charCodeAt(this.#text, to - 1);
      if (last >= 0xd800 && last < 0xdc00) to++;
    }
    this.#at = to;
    return slice(this.#text, from, to);
  }

  drop(): void { this.#at = this.#text.length; }
}
