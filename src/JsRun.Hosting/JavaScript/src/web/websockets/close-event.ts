import { Event, type EventInit } from '../dom/event.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';

interface CloseEventInit extends EventInit { wasClean?: boolean; code?: number; reason?: string }

export class CloseEvent extends Event {
  #wasClean: boolean;
  #code: number;
  #reason: string;

  constructor(type: string, init: CloseEventInit | undefined = undefined) {
    requireArguments(arguments.length, 1, 'CloseEvent');
    super(type, init);
    const { code, reason, wasClean } = dictionary(init, 'CloseEventInit');
    this.#code = Number(code ?? 0) & 0xffff;
    this.#reason = `${(reason as string | undefined) ?? ''}`.toWellFormed();
    this.#wasClean = Boolean(wasClean);
  }

  get wasClean() { return this.#wasClean; }
  get code() { return this.#code; }
  get reason() { return this.#reason; }
}
defineInterface(CloseEvent, 'CloseEvent');
