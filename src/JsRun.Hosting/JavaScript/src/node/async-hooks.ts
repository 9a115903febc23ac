// The parts of Node's `node:async_hooks` that functions use: https://nodejs.org/api/async_context.html. Importing it and making a storage works everywhere; setting a value needs V8 to carry frames.
import { perInstance } from '../kernel/instances.ts';
import { defineProperty } from '../kernel/intrinsics.ts';
import { applyWith, enterWith, enterWithout, readVariable, requireFrames, snapshot } from '../kernel/variables.ts';

type Function = (this: any, ...args: any[]) => any;

export class AsyncLocalStorage<T = unknown> {
  readonly #defaultValue: unknown;
  readonly #name: string;

  constructor(options: { defaultValue?: T; name?: string } = {}) {
    this.#defaultValue = options.defaultValue;
    this.#name = options.name === undefined ? '' : `${options.name}`;
  }

  get name(): string { return this.#name; }

  getStore(): T | undefined { return readVariable(this, this.#defaultValue) as T | undefined; }

  run(store: T, f: Function, ...args: unknown[]): unknown { return applyWith(this, store, f, undefined, args); }

  exit(f: Function, ...args: unknown[]): unknown { return applyWith(this, undefined, f, undefined, args); }

  enterWith(store: T): void { enterWith(this, store); }

  disable(): void { enterWithout(this); }

  static bind<F extends Function>(f: F): F {
    requireFrames();
    const run = snapshot();
    return function (this: unknown, ...args: unknown[]): unknown { return run(f, this, args); } as F;
  }

  static snapshot(): (f: Function, ...args: unknown[]) => unknown {
    requireFrames();
    const run = snapshot();
    return (f, ...args) => run(f, undefined, args);
  }
}

const ids = perInstance(() => ({ last: 0 }));

export class AsyncResource {
  readonly type: string;
  readonly #id = ++ids().last;
  readonly #run = snapshot();

  constructor(type: string) {
    if (typeof type !== 'string') throw new TypeError('The "type" argument must be of type string');
    this.type = type;
  }

  runInAsyncScope(f: Function, self?: unknown, ...args: unknown[]): unknown { return this.#run(f, self, args); }

  asyncId(): number { return this.#id; }

  triggerAsyncId(): number { return 0; }

  emitDestroy(): this { return this; }

  bind<F extends Function>(f: F, self?: unknown): F {
    const run = this.#run;
    return function (this: unknown, ...args: unknown[]): unknown { return run(f, self === undefined ? this : self, args); } as F;
  }

  static bind<F extends Function>(f: F, type?: string, self?: unknown): F { return new AsyncResource(type ?? (f.name === '' ? 'bound-anonymous-fn' : f.name)).bind(f, self); }
}

for (const [name, value] of Object.entries({ AsyncLocalStorage, AsyncResource })) defineProperty(value, 'name', { value: name, configurable: true });

// Bundling has changed their names.
defineProperty(AsyncLocalStorage, 'name', { __proto__: null, value: 'AsyncLocalStorage', configurable: true } as PropertyDescriptor);
defineProperty(AsyncResource, 'name', { __proto__: null, value: 'AsyncResource', configurable: true } as PropertyDescriptor);
