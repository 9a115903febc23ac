// The AbortController and AbortSignal that streams use. DOM is a higher layer than Streams, so web/install.ts sets these functions.
export interface Signals {
  isSignal(value: unknown): boolean;
  makeController(): { readonly signal: object };
  abort(signal: object, reason: unknown): void;
  /** Calls `run` once the signal aborts. Returns a function that prevents it, or false if the signal has aborted already. */
  onAbort(signal: object, run: () => void): (() => void) | false;
}

export let signals: Signals;

export function useSignals(given: Signals): void { signals = given; }
