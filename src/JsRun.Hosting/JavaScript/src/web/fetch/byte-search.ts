// Finds bytes in bytes (Boyer, Moore and Horspool): it looks at one byte of many.
export class ByteSearch {
  readonly #what: Uint8Array;
  readonly #skip: Uint8Array;

  /** At most 255 bytes. */
  constructor(what: Uint8Array) {
    this.#what = what;
    this.#skip = new Uint8Array(256).fill(what.length);
    for (let i = 0; i < what.length - 1; i++) this.#skip[what[i]!] = what.length - 1 - i;
  }

  get length(): number { return this.#what.length; }

  /** Where they begin; -1 where they are not. */
  find(bytes: Uint8Array): number {
    const last = this.#what.length - 1;
    for (let at = 0; at + last < bytes.length; at += this.#skip[bytes[at + last]!]!) if (this.matches(bytes, at)) return at;
    return -1;
  }

  matches(bytes: Uint8Array, at: number): boolean {
    for (let i = 0; i < this.#what.length; i++) if (bytes[at + i] !== this.#what[i]) return false;
    return true;
  }
}
