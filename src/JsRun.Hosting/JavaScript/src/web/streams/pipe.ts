// Streams: piping.
import { NativePromise, NativeTypeError, then } from '../../kernel/intrinsics.ts';
import { dictionary } from '../webidl/interface.ts';
import { microtask, resolvedWith } from './promises.ts';
import { DefaultReader, type Readable } from './readable.ts';
import { signals } from './signals.ts';
import { type Writable, type WriteRequest, Writer } from './writable.ts';

export interface PipeOptions { preventAbort?: boolean; preventCancel?: boolean; preventClose?: boolean; signal?: any }

interface Options { preventAbort: boolean; preventCancel: boolean; preventClose: boolean; signal: { readonly aborted: boolean; readonly reason: unknown } | undefined }

export function readPipeOptions(value: unknown, what: string): Options {
  const { preventAbort, preventCancel, preventClose, signal } = dictionary(value, `${what}: the options`);
  if (signal !== undefined && !signals.isSignal(signal)) throw new NativeTypeError(`${what}: the signal is not an AbortSignal`);
  return { preventAbort: !!preventAbort, preventCancel: !!preventCancel, preventClose: !!preventClose, signal: signal as Options['signal'] };
}

const ignore = (): void => {};

export const pipe = (source: Readable, target: Writable, options: Options): Promise<undefined> => new NativePromise((resolve, reject) => { new Pipe(source, target, options, resolve as () => void, reject).start(); });

class Pipe {
  readonly #source: Readable;
  readonly #target: Writable;
  readonly #options: Options;
  readonly #resolve: (value: undefined) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #reader: DefaultReader;
  readonly #writer: Writer;
  #shuttingDown = false;
  /** The writes that have not settled, and what waits for them. */
  #writing = 0;
  #written: (() => void) | undefined = undefined;
  #isReading = false;
  #hasMore = false;
  #stopListening: (() => void) | false = false;

  constructor(source: Readable, target: Writable, options: Options, resolve: (value: undefined) => void, reject: (reason: unknown) => void) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#reader = new DefaultReader(source);
    this.#writer = new Writer(target);
    source.disturbed = true;
  }

  start(): void {
    const { signal } = this.#options;
    if (signal !== undefined) {
      if (signal.aborted) {
        this.#abort();
        return;
      }
      this.#stopListening = signals.onAbort(signal, () => { this.#abort(); });
    }
    this.#watch();
    if (!this.#shuttingDown) this.#loop();
  }

  /** Errors and ends, in the standard's order: what has happened already is handled at once. */
  #watch(): void {
    const source = this.#source;
    const target = this.#target;
    if (source.state === 'errored') this.#sourceFailed(source.storedError);
    else then(this.#reader.closed.promise, ignore, (reason) => { this.#sourceFailed(reason); });
    if (target.state === 'errored') this.#targetFailed(target.storedError);
    else then(this.#writer.closed.promise, ignore, (reason) => { this.#targetFailed(reason); });
    if (source.state === 'closed') this.#sourceClosed();
    else then(this.#reader.closed.promise, () => { this.#sourceClosed(); }, ignore);
    if (target.isClosing || target.state === 'closed') {
      this.#targetFailed(new NativeTypeError('The destination of the pipe is closed or closing already'));
    }
  }

  #sourceFailed(reason: unknown): void { this.#shutDown(this.#options.preventAbort ? undefined : () => this.#target.abort(reason), { reason }); }
  #targetFailed(reason: unknown): void { this.#shutDown(this.#options.preventCancel ? undefined : () => this.#source.cancel(reason), { reason }); }
  #sourceClosed(): void { this.#shutDown(this.#options.preventClose ? undefined : () => this.#writer.closeOrFail(), undefined); }

  #abort(): void {
    const { preventAbort, preventCancel, signal } = this.#options;
    const { reason } = signal!;
    this.#shutDown(() => {
      const aborted = !preventAbort && this.#target.state === 'writable' ? this.#target.abort(reason) : resolvedWith(undefined);
      const cancelled = !preventCancel && this.#source.state === 'readable' ? this.#source.cancel(reason) : resolvedWith(undefined);
      return both(aborted, cancelled);
    }, { reason });
  }

  /** A loop over chunks that are there at once: recursion would be as deep as the stream has chunks. */
  readonly #loop = (): void => {
    this.#hasMore = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#hasMore && !this.#shuttingDown) {
      this.#hasMore = false;
      if (this.#target.state === 'writable' && !this.#target.backpressure) this.#read();
      else then(this.#writer.ready.promise, this.#loop, ignore);
    }
    this.#isReading = false;
  };

  #read(): void {
    let isSync = true;
    this.#reader.read({
      chunk: (chunk) => {
        // A chunk that is enqueued must not be written before enqueue() returns.
        if (isSync) {
          this.#write(chunk);
        } else {
          this.#writing++;
          microtask(() => {
            this.#write(chunk);
            this.#settled();
          });
        }
      },
      close: ignore,
      error: ignore,
    });
    isSync = false;
  }

  #write(chunk: unknown): void {
    this.#writing++;
    this.#writer.write(chunk, this.#request);
    this.#loop();
  }

  #settled(): void {
    if (--this.#writing > 0 || this.#written === undefined) return;
    const written = this.#written;
    this.#written = undefined;
    // Not at once: the stream is still ending the write.
    microtask(written);
  }

  readonly #request: WriteRequest = { resolve: () => { this.#settled(); }, reject: () => { this.#settled(); } };

  #shutDown(action: (() => Promise<unknown>) | undefined, failure: { reason: unknown } | undefined): void {
    if (this.#shuttingDown) return;
    this.#shuttingDown = true;
    const act = (): void => {
      if (action === undefined) this.#finish(failure);
      else then(action(), () => { this.#finish(failure); }, (reason) => { this.#finish({ reason }); });
    };
    // What has been read is written first.
    if (this.#target.state !== 'writable' || this.#target.isClosing) act();
    else if (this.#writing > 0) this.#written = act;
    else microtask(act);
  }

  #finish(failure: { reason: unknown } | undefined): void {
    this.#writer.release();
    this.#reader.release();
    if (this.#stopListening !== false) this.#stopListening();
    if (failure === undefined) this.#resolve(undefined);
    else this.#reject(failure.reason);
  }
}

/** Fulfilled when both are; rejected with the first reason. */
function both(first: Promise<unknown>, second: Promise<unknown>): Promise<unknown> {
  return new NativePromise((resolve, reject) => {
    then(first, () => { then(second, resolve, reject); }, reject);
    then(second, ignore, reject);
  });
}

