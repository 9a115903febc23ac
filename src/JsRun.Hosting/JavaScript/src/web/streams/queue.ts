// The list of the streams library's, in place of its own: a ring, which takes as much memory as there are elements at a time and not as there ever were.
// Its capacity is a power of two.
const LONG = 1024;

export class Queue<T> {
  #elements: (T | undefined)[] = [undefined, undefined, undefined, undefined];
  #first = 0;
  #length = 0;

  get length(): number { return this.#length; }

  push(element: T): void {
    if (this.#length === this.#elements.length) this.#grow();
    this.#elements[this.#first + this.#length++ & this.#elements.length - 1] = element;
  }

  shift(): T {
    const first = this.#first;
    const element = this.#elements[first];
    this.#elements[first] = undefined;
    this.#first = first + 1 & this.#elements.length - 1;
    // Once it was long, what it has grown to is let go of.
    if (--this.#length === 0 && this.#elements.length > LONG) this.#elements = [undefined, undefined, undefined, undefined];
    return element as T;
  }

  peek(): T { return this.#elements[this.#first] as T; }

  forEach(use: (element: T) => void): void {
    for (let i = 0; i < this.#length; i++) use(this.#elements[this.#first + i & this.#elements.length - 1] as T);
  }

  #grow(): void {
    const { length } = this.#elements;
    const elements: (T | undefined)[] = [];
    for (let i = 0; i < 2 * length; i++) elements[i] = i < length ? this.#elements[this.#first + i & length - 1] : undefined;
    this.#elements = elements;
    this.#first = 0;
  }
}
