// TC39's AsyncContext: https://tc39.es/proposal-async-context/. It is there only if V8 carries frames.
import { apply, defineProperty } from '../../kernel/intrinsics.ts';
import { whenLive } from '../../kernel/when-live.ts';
import { carriesFrames } from '../../kernel/frames.ts';
import { applyWith, readVariable, snapshot } from '../../kernel/variables.ts';

const { deleteProperty } = Reflect;

class Variable {
  readonly #name: string;
  readonly #defaultValue: unknown;

  constructor(options: { name?: unknown; defaultValue?: unknown } = {}) {
    const { name, defaultValue } = options;
    this.#name = name === undefined ? '' : `${name as string}`;
    this.#defaultValue = defaultValue;
  }

  get name(): string { return this.#name; }

  get(): unknown { return readVariable(this, this.#defaultValue); }

  run(value: unknown, f: (...args: unknown[]) => unknown, ...args: unknown[]): unknown {
    if (!(#name in this)) throw new TypeError('AsyncContext.Variable.run: the receiver is not a Variable');
    requireFunction(f, 'AsyncContext.Variable.run');
    return applyWith(this, value, f, undefined, args);
  }
}

class Snapshot {
  readonly #run = snapshot();

  run(f: (...args: unknown[]) => unknown, ...args: unknown[]): unknown {
    requireFunction(f, 'AsyncContext.Snapshot.run');
    return this.#run(f, undefined, args);
  }

  static wrap<T extends (this: unknown, ...args: unknown[]) => unknown>(f: T): T {
    requireFunction(f, 'AsyncContext.Snapshot.wrap');
    const run = snapshot();
    const wrapped = function (this: unknown, ...args: unknown[]): unknown { return run(f, this, args); };
    defineProperty(wrapped, 'name', { __proto__: null, value: `wrapped ${f.name}`, configurable: true } as PropertyDescriptor);
    return wrapped as T;
  }
}

function requireFunction(f: unknown, where: string): void {
  if (typeof f !== 'function') throw new TypeError(`${where}: the argument is not a function`);
}

const AsyncContext = {};
for (const [name, value] of [['Variable', Variable], ['Snapshot', Snapshot]] as const) {
  defineProperty(AsyncContext, name, { value, writable: true, configurable: true });
  defineProperty(value.prototype, Symbol.toStringTag, { value: `AsyncContext.${name}`, configurable: true });
  // Bundling may have changed it.
  defineProperty(value, 'name', { value: name, configurable: true });
}
defineProperty(AsyncContext, Symbol.toStringTag, { value: 'AsyncContext', configurable: true });
defineProperty(globalThis, 'AsyncContext', { value: AsyncContext, writable: true, configurable: true });

whenLive(() => {
  // Libraries check whether it is there.
  if (!carriesFrames && (globalThis as { AsyncContext?: unknown }).AsyncContext === AsyncContext) apply(deleteProperty, undefined, [globalThis, 'AsyncContext']);
});
