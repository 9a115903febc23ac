// HTML: event handler attributes (`onabort`, `onmessage`, `onerror`). A handler is one listener, whose place among the others is that of the first time that it was set.
import { currentGlobal } from '../../kernel/instance-global.ts';
import { NativeWeakMap } from '../../kernel/intrinsics.ts';
import type { Event } from './event.ts';
import { returned } from '../html/returned.ts';
import { EventTarget } from './event-target.ts';

interface Handler { value: unknown; listener(event: Event): void }
type Call = (self: object, handler: (...args: unknown[]) => unknown, event: Event) => boolean;

const returnsFalse: Call = (self, handler, event) => {
  const result = Reflect.apply(handler, self, [event]);
  returned(handler, result);
  return result === false;
};
const { addEventListener, removeEventListener } = EventTarget.prototype;

interface Options {
  /** Whether an object has the attribute. Not called for the global object. */
  is?: (value: unknown) => boolean;
  /** Calls the handler, and returns whether its result cancels the event. */
  call?: Call;
  afterSet?: (self: object) => void;
}

/** Defines `on<type>` on a prototype, or on the global object. */
export function defineEventHandler(on: object, type: string, { is, call = returnsFalse, afterSet }: Options = {}): void {
  let handlers: WeakMap<object, Handler> | undefined;
  const name = `on${type}`;
  // Code that uses the global object's handlers mostly has no `this`.
  const selfOf = (self: object): object => {
    if (on === globalThis) return currentGlobal();
    if (is !== undefined && !is(self)) throw new TypeError('Illegal invocation');
    return self;
  };
  const accessors = {
    get [name](): unknown {
      const self = selfOf(this);
      return handlers?.get(self)?.value ?? null;
    },
    set [name](value: unknown) {
      const self = selfOf(this);
      const next = typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : null;
      const known = handlers?.get(self);
      if (next === null) {
        if (known !== undefined) removeEventListener.call(self as EventTarget, type, known.listener);
        handlers?.delete(self);
      } else if (known !== undefined) {
        known.value = next;
      } else {
        const handler: Handler = {
          value: next,
          listener(event) {
            if (typeof handler.value === 'function' && call(self, handler.value as never, event)) event.preventDefault();
          },
        };
        (handlers ??= new NativeWeakMap()).set(self, handler);
        addEventListener.call(self as EventTarget, type, handler.listener);
      }
      afterSet?.(self);
    },
  };
  Object.defineProperty(on, name, { ...Object.getOwnPropertyDescriptor(accessors, name)!, enumerable: true, configurable: true });
}
