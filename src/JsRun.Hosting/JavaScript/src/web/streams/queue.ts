// A queue in a ring, which takes as much memory as it has elements at a time. Its capacity is a power of two. Unlike an array's, its methods call nothing that user code can replace.
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
    // A queue that was long gives its memory back once it is empty.
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
