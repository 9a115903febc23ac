import { requireFunction } from './lib/errors.js';
import { process } from './lib/process.js';

const channels = new Map();
const identity = (data) => data;

export class Channel {
  name;
  _subscribers = [];
  _stores = new Map();

  constructor(name) { this.name = name; }

  get hasSubscribers() { return this._subscribers.length > 0 || this._stores.size > 0; }

  subscribe(listener) {
    requireFunction(listener, 'subscription');
    this._subscribers = [...this._subscribers, listener];
  }

  unsubscribe(listener) {
    const at = this._subscribers.indexOf(listener);
    if (at >= 0) this._subscribers = this._subscribers.toSpliced(at, 1);
    return at >= 0;
  }

  publish(message) {
    for (const listener of this._subscribers) {
      try {
        listener(message, this.name);
      } catch (error) {
        process.nextTick(() => { throw error; });
      }
    }
  }

  bindStore(store, transform = identity) { this._stores.set(store, transform); }
  unbindStore(store) { return this._stores.delete(store); }

  runStores(data, fn, self, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, self, args);
    };
    for (const [store, transform] of this._stores) {
      const next = run;
      run = () => store.run(transform(data), next);
    }
    return run();
  }
}

export function channel(name) {
  let found = channels.get(name);
  if (found === undefined) channels.set(name, found = new Channel(name));
  return found;
}
export const hasSubscribers = (name) => channels.get(name)?.hasSubscribers ?? false;
export const subscribe = (name, listener) => { channel(name).subscribe(listener); };
export const unsubscribe = (name, listener) => channel(name).unsubscribe(listener);

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) this[event] = typeof nameOrChannels === 'string' ? channel(`tracing:${nameOrChannels}:${event}`) : nameOrChannels[event];
  }

  get hasSubscribers() { return EVENTS.some((event) => this[event]?.hasSubscribers); }
  subscribe(handlers) { for (const event of EVENTS) if (handlers[event] !== undefined) this[event]?.subscribe(handlers[event]); }

  unsubscribe(handlers) {
    let done = true;
    for (const event of EVENTS) if (handlers[event] !== undefined && !this[event]?.unsubscribe(handlers[event])) done = false;
    return done;
  }

  #fail(context, error) {
    context.error = error;
    this.error.publish(context);
  }

  traceSync(fn, context = {}, self, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, self, args);
    return this.start.runStores(context, () => {
      try {
        return context.result = Reflect.apply(fn, self, args);
      } catch (error) {
        this.#fail(context, error);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, self, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, self, args);
    const settle = () => {
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.start.runStores(context, () => {
      try {
        return Promise.resolve(Reflect.apply(fn, self, args)).then((result) => {
          context.result = result;
          settle();
          return result;
        }, (error) => {
          this.#fail(context, error);
          settle();
          throw error;
        });
      } catch (error) {
        this.#fail(context, error);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, self, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, self, args);
    const callback = args.at(position);
    requireFunction(callback, 'callback');
    const tracing = this;
    args.splice(position, 1, function (error, result) {
      if (error) tracing.#fail(context, error);
      else context.result = result;
      return tracing.asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, arguments);
        } finally {
          tracing.asyncEnd.publish(context);
        }
      });
    });
    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(fn, self, args);
      } catch (error) {
        this.#fail(context, error);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
}
export const tracingChannel = (nameOrChannels) => new TracingChannel(nameOrChannels);

export default { Channel, channel, hasSubscribers, subscribe, unsubscribe, tracingChannel };
