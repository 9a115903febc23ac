// The result of serializing: primitives stay as they are, everything else becomes a node. Getters run while nodes are made, before a transfer detaches any object.
export type Clone = Node | string | number | boolean | bigint | null | undefined;

export abstract class Node {
  #made: object | undefined;

  /** The object that the node stands for, once. */
  make(): object {
    if (this.#made === undefined) {
      this.#made = this.create();
      this.fill(this.#made as never);
    }
    return this.#made;
  }

  protected abstract create(): object;

  /** Members come after the object exists: they may lead back to it. */
  protected fill(_made: never): void {}
}

export const valueOf = (clone: Clone): unknown => (clone instanceof Node ? clone.make() : clone);

/** An object that is complete when it is made: a date, a regular expression, a blob. */
export class MadeNode extends Node {
  readonly #object: object;

  constructor(object: object) {
    super();
    this.#object = object;
  }

  protected create(): object { return this.#object; }
}

export class ObjectNode extends Node {
  readonly #target: () => object;
  readonly keys: string[] = [];
  readonly values: Clone[] = [];

  constructor(target: () => object) {
    super();
    this.#target = target;
  }

  protected create(): object { return this.#target(); }

  protected override fill(made: object): void {
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]!;
      const value = valueOf(this.values[i]);
      // Defining costs ten times as much as assigning, which has the same result only if no property of that name is inherited.
      if (key in made) Object.defineProperty(made, key, { value, writable: true, enumerable: true, configurable: true });
      else (made as Record<string, unknown>)[key] = value;
    }
  }
}

export class MapNode extends Node {
  readonly entries: [Clone, Clone][] = [];
  protected create(): Map<unknown, unknown> { return new Map(); }
  protected override fill(made: never): void {
    for (const [key, value] of this.entries) (made as Map<unknown, unknown>).set(valueOf(key), valueOf(value));
  }
}

export class SetNode extends Node {
  readonly members: Clone[] = [];
  protected create(): Set<unknown> { return new Set(); }
  protected override fill(made: never): void {
    for (const member of this.members) (made as Set<unknown>).add(valueOf(member));
  }
}

export class ErrorNode extends Node {
  readonly #error: Error;
  cause: { value: Clone } | undefined;

  constructor(error: Error) {
    super();
    this.#error = error;
  }

  protected create(): Error { return this.#error; }
  protected override fill(made: never): void {
    if (this.cause !== undefined) Object.defineProperty(made, 'cause', { value: valueOf(this.cause.value), writable: true, configurable: true });
  }
}

type ViewConstructor = new (buffer: unknown, offset: number, length?: number) => object;

export class ViewNode extends Node {
  readonly #type: ViewConstructor;
  readonly #buffer: Clone;
  readonly #offset: number;
  readonly #length: number | undefined;

  /** Without a length the view follows its buffer's. */
  constructor(constructor: ViewConstructor, buffer: Clone, offset: number, length: number | undefined) {
    super();
    this.#type = constructor;
    this.#buffer = buffer;
    this.#offset = offset;
    this.#length = length;
  }

  protected create(): object { return new this.#type(valueOf(this.#buffer), this.#offset, this.#length); }
}

/** Stands for a transferred object until it has been moved. */
export class TransferNode extends Node {
  moved: object | undefined;
  protected create(): object { return this.moved!; }
}
