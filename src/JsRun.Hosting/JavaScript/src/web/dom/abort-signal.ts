// DOM: AbortSignal and AbortController.
import { startTimer } from '../html/timers.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, illegalConstructor, requireArguments, sequence } from '../webidl/interface.ts';
import { Event } from './event.ts';
import { defineEventHandler } from './event-handler.ts';
import { EventTarget, fire, hasListener } from './event-target.ts';

let makeSignal: () => AbortSignal;
export let isSignal: (value: unknown) => value is AbortSignal;

/** Aborts a signal and those that depend on it: algorithms first, then events, as the specification orders. */
export let signalAbort: (signal: AbortSignal, reason?: unknown) => void;

/** Calls `run` once the signal aborts; returns false if it has already. */
export let onAbort: (signal: AbortSignal, run: () => void) => (() => void) | false;

/** Whether anything observes that the signal aborts. */
export let isAwaited: (signal: AbortSignal) => boolean;

let creating = false;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  #algorithms: Set<() => void> | undefined;
  #sources: Set<AbortSignal> | undefined;
  #dependents: Set<AbortSignal> | undefined;

  constructor() {
    if (!creating) illegalConstructor();
    super();
  }

  static {
    makeSignal = () => {
      creating = true;
      try { return new AbortSignal(); } finally { creating = false; }
    };

    onAbort = (signal, run) => {
      if (signal.#aborted) return false;
      (signal.#algorithms ??= new Set()).add(run);
      return () => { signal.#algorithms?.delete(run); };
    };

    signalAbort = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#abort(reason === undefined ? abortError() : reason);
      const dependents: AbortSignal[] = [];
      for (const dependent of signal.#dependents ?? []) {
        if (dependent.#aborted) continue;
        dependent.#abort(signal.#reason);
        dependents.push(dependent);
      }
      signal.#run();
      for (const dependent of dependents) dependent.#run();
    };

    isAwaited = (signal) => {
      if ((signal.#algorithms?.size ?? 0) > 0 || hasListener(signal, 'abort')) return true;
      for (const dependent of signal.#dependents ?? []) if (isAwaited(dependent)) return true;
      return false;
    };

    isSignal = (value): value is AbortSignal => typeof value === 'object' && value !== null && #aborted in value;
  }

  static abort(reason: unknown = undefined): AbortSignal {
    const signal = makeSignal();
    signal.#abort(reason === undefined ? abortError() : reason);
    return signal;
  }

  static timeout(milliseconds: number): AbortSignal {
    requireArguments(arguments.length, 1, 'AbortSignal.timeout');
    const delay = Number(milliseconds);
    if (!Number.isFinite(delay) || Math.trunc(delay) < 0 || delay > Number.MAX_SAFE_INTEGER) throw new TypeError('AbortSignal.timeout: the time is out of range');
    const signal = makeSignal();
    startTimer(Math.trunc(delay), () => { signalAbort(signal, new DOMException('The operation timed out', 'TimeoutError')); });
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    requireArguments(arguments.length, 1, 'AbortSignal.any');
    const all = sequence(signals, 'AbortSignal.any: signals') as AbortSignal[];
    if (!all.every(isSignal)) throw new TypeError('AbortSignal.any: a member is not an AbortSignal');
    const result = makeSignal();
    const aborted = all.find((signal) => signal.#aborted);
    if (aborted !== undefined) {
      result.#abort(aborted.#reason);
      return result;
    }
    result.#sources = new Set();
    for (const signal of all) {
      for (const source of signal.#sources ?? [signal]) {
        result.#sources.add(source);
        (source.#dependents ??= new Set()).add(result);
      }
    }
    return result;
  }

  get aborted(): boolean { return this.#aborted; }
  get reason(): unknown { return this.#reason; }
  throwIfAborted(): void { if (this.#aborted) throw this.#reason; }

  #abort(reason: unknown): void {
    this.#aborted = true;
    this.#reason = reason;
  }

  #run(): void {
    const algorithms = this.#algorithms;
    this.#algorithms = undefined;
    this.#dependents = undefined;
    for (const algorithm of algorithms ?? []) algorithm();
    fire(this, new Event('abort'));
  }
}
defineEventHandler(AbortSignal.prototype, 'abort', { is: isSignal });
defineInterface(AbortSignal, 'AbortSignal');

const abortError = () => new DOMException('This operation was aborted', 'AbortError');

export class AbortController {
  #signal = makeSignal();

  get signal(): AbortSignal { return this.#signal; }
  abort(reason: unknown = undefined): void { signalAbort(this.#signal, reason); }
}
defineInterface(AbortController, 'AbortController');
