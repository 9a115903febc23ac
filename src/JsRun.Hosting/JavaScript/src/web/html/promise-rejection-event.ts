import { Event, type EventInit } from '../dom/event.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';

interface PromiseRejectionEventInit extends EventInit { promise: Promise<unknown>; reason?: unknown }

export class PromiseRejectionEvent extends Event {
  #promise: Promise<unknown>;
  #reason: unknown;

  constructor(type: string, init: PromiseRejectionEventInit) {
    requireArguments(arguments.length, 2, 'PromiseRejectionEvent');
    super(type, init);
    if (typeof init !== 'object' || init === null || !('promise' in init)) throw new TypeError('PromiseRejectionEvent: promise is required');
    this.#promise = init.promise;
    this.#reason = init.reason;
  }

  get promise() { return this.#promise; }
  get reason() { return this.#reason; }
}
defineInterface(PromiseRejectionEvent, 'PromiseRejectionEvent');
