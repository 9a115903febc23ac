import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { Event, type EventInit, flags } from './event.ts';

export class CustomEvent extends Event {
  #detail: unknown;

  constructor(type: string, init: EventInit & { detail?: unknown } | undefined = undefined) {
    requireArguments(arguments.length, 1, 'CustomEvent');
    super(type, init);
    this.#detail = init?.detail === undefined ? null : init.detail;
  }

  get detail() { return this.#detail; }

  initCustomEvent(type: string, bubbles = false, cancelable = false, detail: unknown = null): void {
    requireArguments(arguments.length, 1, 'CustomEvent.initCustomEvent');
    if (flags.dispatching(this)) return;
    this.initEvent(type, bubbles, cancelable);
    this.#detail = detail;
  }
}
defineInterface(CustomEvent, 'CustomEvent');
