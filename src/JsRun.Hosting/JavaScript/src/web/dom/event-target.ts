// DOM: EventTarget. The global object is one too, without being an instance of the interface: `globalTarget` has its listeners.
import { currentGlobal } from '../../kernel/instance-global.ts';
import { currentInstance, perInstance } from '../../kernel/instances.ts';
import { findListeners } from '../../linker/handler.ts';
import { reportException } from '../html/report-error.ts';
import { returned } from '../html/returned.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { type AbortSignal, isSignal, onAbort } from './abort-signal.ts';
import { type Event, flags } from './event.ts';

type Callback = ((event: Event) => void) | { handleEvent(event: Event): void };
interface Listener { callback: Callback; capture: boolean; once: boolean; passive: boolean; removed: boolean }
type Listeners = Map<string, Listener[]>;

let listenersOf: (target: unknown) => Listeners;

export class EventTarget {
  #listeners: Listeners | undefined;

  static {
    listenersOf = (target) => {
      const self = target === undefined || target === null || target === currentInstance().global ? globalTarget() : target as EventTarget;
      return self.#listeners ??= new Map();
    };
  }

  addEventListener(type: string, callback: Callback | null, options: unknown = undefined): void {
    const listeners = listenersOf(this);
    requireArguments(arguments.length, 2, 'EventTarget.addEventListener');
    const name = `${type}`;
    const { capture, once, passive, signal } = flatten(options);
    if (signal !== undefined && !isSignal(signal)) throw new TypeError('EventTarget.addEventListener: signal is not an AbortSignal');
    if (callback === null || callback === undefined) return;
    if (typeof callback !== 'function' && typeof callback !== 'object') throw new TypeError('EventTarget.addEventListener: the listener is not an object');
    const list = listeners.get(name) ?? [];
    const listener: Listener = { callback, capture, once, passive, removed: false };
    if (signal !== undefined && onAbort(signal as AbortSignal, () => { remove(listeners, name, listener); }) === false) return;
    if (list.some((other) => other.callback === callback && other.capture === capture)) return;
    // A new list each time, because a dispatch under way goes on with the old one.
    listeners.set(name, [...list, listener]);
  }

  removeEventListener(type: string, callback: Callback | null, options: unknown = undefined): void {
    const listeners = listenersOf(this);
    requireArguments(arguments.length, 2, 'EventTarget.removeEventListener');
    const { capture } = flatten(options, true);
    if (callback !== null && callback !== undefined && typeof callback !== 'function' && typeof callback !== 'object') {
      throw new TypeError('EventTarget.removeEventListener: the listener is not an object');
    }
    const listener = listeners.get(`${type}`)?.find((other) => other.callback === callback && other.capture === capture);
    if (listener !== undefined) remove(listeners, `${type}`, listener);
  }

  dispatchEvent(event: Event): boolean {
    const listeners = listenersOf(this);
    requireArguments(arguments.length, 1, 'EventTarget.dispatchEvent');
    if (!flags.is(event)) throw new TypeError('EventTarget.dispatchEvent: parameter 1 is not an Event');
    if (flags.dispatching(event)) throw new DOMException('The event is already being dispatched', 'InvalidStateError');
    flags.setTrusted(event, false);
    return dispatch(this ?? currentGlobal(), listeners, event);
  }
}
defineInterface(EventTarget, 'EventTarget');

const globalTarget = perInstance(() => new EventTarget());

findListeners(() => listenersOf(globalTarget()).has('fetch'));

/** Whether there is a listener for events of that type. */
export function hasListener(target: object, type: string): boolean { return listenersOf(target).has(type); }

function flatten(options: unknown, captureOnly = false): { capture: boolean; once: boolean; passive: boolean; signal: unknown } {
  if ((typeof options !== 'object' || options === null) && typeof options !== 'function') return { capture: !!options, once: false, passive: false, signal: undefined };
  const given = options as Record<string, unknown>;
  const capture = !!given.capture;
  if (captureOnly) return { capture, once: false, passive: false, signal: undefined };
  return { capture, once: !!given.once, passive: !!given.passive, signal: given.signal };
}

function remove(listeners: Listeners, type: string, listener: Listener): void {
  listener.removed = true;
  const rest = listeners.get(type)?.filter((other) => other !== listener) ?? [];
  if (rest.length > 0) listeners.set(type, rest);
  else listeners.delete(type);
}

function dispatch(target: object, listeners: Listeners, event: Event): boolean {
  flags.begin(event, target);
  const list = listeners.get(event.type);
  if (list !== undefined) {
    invoke(target, listeners, list, event, true);
    invoke(target, listeners, list, event, false);
  }
  flags.end(event);
  return !flags.canceled(event);
}

function invoke(target: object, listeners: Listeners, list: Listener[], event: Event, capture: boolean): void {
  for (const listener of list) {
    if (flags.stopped(event)) return;
    if (listener.removed || listener.capture !== capture) continue;
    if (listener.once) remove(listeners, event.type, listener);
    flags.setPassive(event, listener.passive);
    try {
      const { callback } = listener;
      if (typeof callback === 'function') {
        returned(callback, Reflect.apply(callback, target, [event]));
      } else {
        const handle = callback.handleEvent;
        if (typeof handle !== 'function') throw new TypeError('The listener\'s handleEvent is not a function');
        returned(handle, Reflect.apply(handle, callback, [event]));
      }
    } catch (error) {
      reportException(error);
    }
    flags.setPassive(event, false);
  }
}

/** Dispatches an event of the runtime, which is a trusted event. */
export function fire(target: object, event: Event): boolean {
  flags.setTrusted(event, true);
  return dispatch(target, listenersOf(target), event);
}
