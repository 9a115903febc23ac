// The encoder's place in a value: the objects that contain it, to find cycles, and their keys, to name the place in messages.
import { setPrototypeOf, test } from '../kernel/intrinsics.ts';

const identifier = /^[A-Za-z_$][\w$]*$/;
const { stringify } = JSON;

export class Path {
  readonly #objects: unknown[] = [];
  readonly #keys: (string | number)[] = [];
  #depth = 0;

  constructor() {
    // Without prototypes: indexed writes call no setters of user code.
    setPrototypeOf(this.#objects, null);
    setPrototypeOf(this.#keys, null);
  }

  get depth(): number { return this.#depth; }

  /** Returns to an earlier place, when an object that was begun is given up. */
  set depth(depth: number) { this.#depth = depth; }

  /** Enters an object. Returns false if that would be a cycle. */
  enter(object: object): boolean {
    for (let i = 0; i < this.#depth; i++) if (this.#objects[i] === object) return false;
    this.#objects[this.#depth] = object;
    this.#keys[this.#depth++] = -1;
    return true;
  }

  /** Moves to a property of the object. */
  at(key: string | number): void { this.#keys[this.#depth - 1] = key; }

  leave(): void { this.#depth--; }

  /** Such as `value.items[3].name`. */
  text(): string {
    let text = 'value';
    for (let i = 0; i < this.#depth; i++) {
      const key = this.#keys[i]!;
      if (typeof key === 'number') text += key < 0 ? '' : `[${key}]`;
      else text += test(identifier, key) ? `.${key}` : `[${stringify(key)}]`;
    }
    return text;
  }
}
