// HTML: the global object as an EventTarget, with its event handler attributes. The scope in between has no name that scripts could mistake for a window or a worker.
import { defineEventHandler } from '../dom/event-handler.ts';
import { EventTarget } from '../dom/event-target.ts';
import type { ErrorEvent } from './error-event.ts';

export function defineGlobalScope(): void {
  Object.setPrototypeOf(globalThis, Object.create(EventTarget.prototype, { constructor: { value: Object, writable: true, configurable: true } }) as object);
  defineEventHandler(globalThis, 'error', {
    call(self, handler, event) {
      const { message, filename, lineno, colno, error } = event as ErrorEvent;
      return Reflect.apply(handler, self, [message, filename, lineno, colno, error]) === true;
    },
  });
  defineEventHandler(globalThis, 'unhandledrejection');
  defineEventHandler(globalThis, 'rejectionhandled');
}
