// Streams: a queue with sizes.
import { NativeRangeError } from '../../kernel/intrinsics.ts';
import { Queue } from './queue.ts';

export class SizedQueue<T> {
  readonly #values = new Queue<T>();
  readonly #sizes = new Queue<number>();
  #total = 0;

  get isEmpty(): boolean { return this.#values.length === 0; }
  get total(): number { return this.#total; }

  /** @throws RangeError if the size is not a finite number of at least 0 */
  enqueue(value: T, size: number): void {
    if (!(size >= 0 && size < Infinity)) throw new NativeRangeError(`A chunk's size of ${size} is not allowed: it is a finite number of at least 0`);
    this.#values.push(value);
    this.#sizes.push(size);
    this.#total += size;
  }

  dequeue(): T {
    this.#total -= this.#sizes.shift();
    // Sums of fractions are not exact.
    if (this.#total < 0) this.#total = 0;
    return this.#values.shift();
  }

  peek(): T { return this.#values.peek(); }
}
