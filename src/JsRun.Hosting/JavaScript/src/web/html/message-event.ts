import { Event, type EventInit, flags } from '../dom/event.ts';
import { defineInterface, requireArguments, sequence } from '../webidl/interface.ts';

interface MessageEventInit extends EventInit { data?: unknown; origin?: string; lastEventId?: string; source?: unknown; ports?: Iterable<unknown> }

export class MessageEvent extends Event {
  #data: unknown;
  #origin: string;
  #lastEventId: string;
  #source: unknown;
  #ports: readonly unknown[];

  constructor(type: string, init: MessageEventInit | undefined = undefined) {
    requireArguments(arguments.length, 1, 'MessageEvent');
    super(type, init);
    this.#data = init?.data === undefined ? null : init.data;
    this.#origin = `${init?.origin ?? ''}`;
    this.#lastEventId = `${init?.lastEventId ?? ''}`;
    this.#source = init?.source ?? null;
    this.#ports = Object.freeze(init?.ports === undefined ? [] : sequence(init.ports, 'MessageEvent: ports'));
  }

  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }

  initMessageEvent(type: string, bubbles = false, cancelable = false, data: unknown = null, origin = '', lastEventId = '', source: unknown = null, ports: Iterable<unknown> = []): void {
    requireArguments(arguments.length, 1, 'MessageEvent.initMessageEvent');
    if (flags.dispatching(this)) return;
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = Object.freeze(sequence(ports, 'MessageEvent.initMessageEvent: ports'));
  }
}
defineInterface(MessageEvent, 'MessageEvent');
