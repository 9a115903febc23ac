// A FinalizationRegistry that never calls back, as its specification allows: V8 would run clean-up outside any entry, where nothing can interrupt it.
export function containFinalization(): void {
  if (globalThis.FinalizationRegistry === undefined) return;
  const canBeHeldWeakly = WeakSet.prototype.add;

  class Inert {
    #tokens = new WeakSet();

    constructor(cleanup: unknown) {
      if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
    }

    register(target: object, held: unknown, token: object | undefined = undefined): void {
      const tokens = this.#tokens;
      if (target === held) throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same');
      canBeHeldWeakly.call(new WeakSet(), target);
      if (token !== undefined) canBeHeldWeakly.call(tokens, token);
    }

    unregister(token: object): boolean {
      const tokens = this.#tokens;
      canBeHeldWeakly.call(new WeakSet(), token);
      return tokens.delete(token);
    }
  }
  Object.defineProperty(Inert.prototype, Symbol.toStringTag, { value: 'FinalizationRegistry', configurable: true });
  Object.defineProperty(Inert, 'name', { value: 'FinalizationRegistry', configurable: true });
  Object.defineProperty(globalThis, 'FinalizationRegistry', { value: Inert, writable: true, configurable: true });
}
