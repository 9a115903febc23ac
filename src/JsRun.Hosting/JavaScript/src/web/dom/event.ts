// DOM: Event. The dispatch flags are private; event-target.ts reaches them through `flags`.
import { host } from '../../kernel/host.ts';
import { HostOp } from '../../kernel/ops.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';

/** How event-target.ts reads and writes the private flags of an event. */
export let flags: {
  is(value: unknown): value is Event;
  begin(event: Event, target: object): void;
  end(event: Event): void;
  dispatching(event: Event): boolean;
  stopped(event: Event): boolean;
  canceled(event: Event): boolean;
  setPassive(event: Event, passive: boolean): void;
  setTrusted(event: Event, trusted: boolean): void;
  trusted(event: Event): boolean;
};

export interface EventInit { bubbles?: boolean; cancelable?: boolean; composed?: boolean }

export class Event {
  #type: string;
  #bubbles: boolean;
  #cancelable: boolean;
  #composed: boolean;
  #time = host(HostOp.Now) as number;
  #target: object | null = null;
  #current: object | null = null;
  #phase = 0;
  #stop = false;
  #stopImmediate = false;
  #canceled = false;
  #passive = false;
  #dispatching = false;
  #trusted = false;

  constructor(type: string, init: EventInit | undefined = undefined) {
    requireArguments(arguments.length, 1, 'Event');
    const { bubbles, cancelable, composed } = dictionary(init, 'EventInit');
    this.#type = `${type}`;
    this.#bubbles = !!bubbles;
    this.#cancelable = !!cancelable;
    this.#composed = !!composed;
    // [LegacyUnforgeable]: on the event itself, not to be changed.
    Object.defineProperty(this, 'isTrusted', isTrusted);
  }

  static {
    flags = {
      is: (value): value is Event => typeof value === 'object' && value !== null && #type in value,
      begin(event, target) { event.#dispatching = true; event.#target = event.#current = target; event.#phase = 2; },
      end(event) { event.#dispatching = event.#stop = event.#stopImmediate = false; event.#phase = 0; event.#current = null; },
      dispatching: (event) => event.#dispatching,
      stopped: (event) => event.#stopImmediate,
      canceled: (event) => event.#canceled,
      setPassive(event, passive) { event.#passive = passive; },
      setTrusted(event, trusted) { event.#trusted = trusted; },
      trusted: (event) => event.#trusted,
    };
  }


  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#current; }
  composedPath() { return this.#current === null ? [] : [this.#current]; }
  get eventPhase() { return this.#phase; }
  stopPropagation() { this.#stop = true; }
  get cancelBubble() { return this.#stop; }
  set cancelBubble(value) { this.#stop ||= !!value; }
  stopImmediatePropagation() { this.#stop = this.#stopImmediate = true; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get returnValue() { return !this.#canceled; }
  set returnValue(value) { if (!value && this.#cancelable && !this.#passive) this.#canceled = true; }
  preventDefault() { if (this.#cancelable && !this.#passive) this.#canceled = true; }
  get defaultPrevented() { return this.#canceled; }
  get composed() { return this.#composed; }
  get timeStamp() { return this.#time; }

  initEvent(type: string, bubbles = false, cancelable = false): void {
    requireArguments(arguments.length, 1, 'Event.initEvent');
    if (this.#dispatching) return;
    this.#stop = this.#stopImmediate = this.#canceled = this.#trusted = false;
    this.#target = null;
    this.#type = `${type}`;
    this.#bubbles = !!bubbles;
    this.#cancelable = !!cancelable;
  }
}

const isTrusted: PropertyDescriptor = {
  get: Object.getOwnPropertyDescriptor({ get isTrusted() { return flags.trusted(this as unknown as Event); } }, 'isTrusted')!.get!,
  enumerable: true,
  configurable: false,
};

defineInterface(Event, 'Event', { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });
