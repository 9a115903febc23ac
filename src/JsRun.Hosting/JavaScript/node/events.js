// node:events: the package of that name, with what Node has added since.
import EventEmitter from 'events';
import { AsyncResource } from 'node:async_hooks';
import { invalidArgument, plainError, requireFunction } from './lib/errors.js';

export const errorMonitor = Symbol('events.errorMonitor');
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');
const monitored = EventEmitter.prototype.emit;

EventEmitter.prototype.emit = function emit(type, ...args) {
  if (type === 'error' && this._events?.[errorMonitor] !== undefined) monitored.call(this, errorMonitor, ...args);
  // Written out for what most events have, because this is called for each of them.
  switch (args.length) {
    case 0: return monitored.call(this, type);
    case 1: return monitored.call(this, type, args[0]);
    default: return monitored.call(this, type, ...args);
  }
};

const { defaultMaxListeners } = EventEmitter;
const limits = new WeakMap();

export function setMaxListeners(count = defaultMaxListeners, ...targets) {
  if (typeof count !== 'number' || count < 0 || Number.isNaN(count)) throw invalidArgument('n', 'a non-negative number', count);
  if (targets.length === 0) EventEmitter.defaultMaxListeners = count;
  for (const target of targets) {
    if (typeof target?.setMaxListeners === 'function') target.setMaxListeners(count);
    else if (target instanceof EventTarget) limits.set(target, count);
    else throw invalidArgument('eventTargets', 'an instance of EventEmitter or EventTarget', target);
  }
}

export function getMaxListeners(target) { return typeof target?.getMaxListeners === 'function' ? target.getMaxListeners() : limits.get(target) ?? EventEmitter.defaultMaxListeners; }

export function getEventListeners(target, type) { return typeof target?.listeners === 'function' ? target.listeners(type) : []; }

export function listenerCount(emitter, type) { return emitter.listenerCount(type); }

const abortError = (signal) => Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), { name: 'AbortError', code: 'ABORT_ERR' });

export function addAbortListener(signal, listener) {
  requireFunction(listener, 'listener');
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose ?? Symbol.for('nodejs.dispose')]() { signal.removeEventListener('abort', listener); } };
}

function listen(target, type, listener, once) {
  if (typeof target.on === 'function') {
    target[once ? 'once' : 'on'](type, listener);
    return () => { target.removeListener(type, listener); };
  }
  if (typeof target.addEventListener !== 'function') throw invalidArgument('emitter', 'an instance of EventEmitter', target);
  target.addEventListener(type, listener, { once });
  return () => { target.removeEventListener(type, listener); };
}

export function once(emitter, type, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortError(signal));
      return;
    }
    const stops = [];
    const end = (settle, value) => {
      for (const stop of stops) stop();
      settle(value);
    };
    stops.push(listen(emitter, type, (...args) => { end(resolve, args); }, true));
    if (type !== 'error' && typeof emitter.on === 'function') stops.push(listen(emitter, 'error', (error) => { end(reject, error); }, true));
    if (signal !== undefined) stops.push(listen(signal, 'abort', () => { end(reject, abortError(signal)); }, true));
  });
}

export function on(emitter, type, { signal, close = [] } = {}) {
  if (signal?.aborted) throw abortError(signal);
  const events = [];
  const waiting = [];
  const stops = [];
  let failure;
  let finished = false;
  const finish = () => {
    finished = true;
    for (const stop of stops.splice(0)) stop();
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  const fail = (error) => {
    const first = waiting.shift();
    if (first === undefined) failure = { error };
    else first.reject(error);
    void finish();
  };
  stops.push(listen(emitter, type, (...args) => {
    const first = waiting.shift();
    if (first === undefined) events.push(args);
    else first.resolve({ value: args, done: false });
  }, false));
  if (type !== 'error' && typeof emitter.on === 'function') stops.push(listen(emitter, 'error', fail, false));
  for (const name of close) stops.push(listen(emitter, name, () => { void finish(); }, false));
  if (signal !== undefined) stops.push(listen(signal, 'abort', () => { fail(abortError(signal)); }, true));
  return {
    next() {
      if (events.length > 0) return Promise.resolve({ value: events.shift(), done: false });
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      return finished ? Promise.resolve({ value: undefined, done: true }) : new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
    },
    return: finish,
    throw(error) {
      fail(error);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() { return this; },
  };
}

export class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options = {}) {
    super(options);
    const name = typeof options === 'string' ? options : options.name ?? new.target.name;
    if (typeof name !== 'string') throw plainError('ERR_INVALID_ARG_TYPE', 'The "options.name" argument must be of type string');
    this.#resource = new AsyncResource(name);
  }

  emit(type, ...args) { return this.#resource.runInAsyncScope(super.emit, this, type, ...args); }
  emitDestroy() { this.#resource.emitDestroy(); }
  get asyncId() { return this.#resource.asyncId(); }
  get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
  get asyncResource() { return this.#resource; }
}

export const usingDomains = false;
Object.assign(EventEmitter, { EventEmitter, errorMonitor, captureRejectionSymbol, captureRejections: false, usingDomains, once, on, setMaxListeners, getMaxListeners, getEventListeners, listenerCount, addAbortListener, EventEmitterAsyncResource });

export { EventEmitter, defaultMaxListeners };
export default EventEmitter;
