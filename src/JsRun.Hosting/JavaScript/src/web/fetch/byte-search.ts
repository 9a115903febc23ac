// Finds bytes in bytes with the algorithm of Boyer, Moore and Horspool, which reads only some of the bytes.
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

  /** The index of the bytes, or -1. */
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
