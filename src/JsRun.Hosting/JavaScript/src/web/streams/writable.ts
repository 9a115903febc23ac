// Streams: the state of a writable stream and the standard's operations on it. Scripts see it as a WritableStream.
import { NativeTypeError, then } from '../../kernel/intrinsics.ts';
import { Deferred, done, rejectedWith, resolvedWith, Signal } from './promises.ts';
import { Queue } from './queue.ts';
import { signals } from './signals.ts';
import { SizedQueue } from './sized-queue.ts';
import type { Size } from './strategies.ts';

/** Receives the outcome of a write. */
export interface WriteRequest {
  resolve(value: undefined): void;
  reject(reason: unknown): void;
}

interface Abort { readonly deferred: Deferred<undefined>; readonly reason: unknown; readonly wasErroring: boolean }

export class Writable {
  state: 'writable' | 'erroring' | 'errored' | 'closed' = 'writable';
  storedError: unknown = undefined;
  writer: Writer | undefined = undefined;
  controller!: WritableController;
  backpressure = false;
  #writes = new Queue<WriteRequest>();
  #writeInFlight: WriteRequest | undefined = undefined;
  #closing: Deferred<undefined> | undefined = undefined;
  #closeInFlight: Deferred<undefined> | undefined = undefined;
  #abort: Abort | undefined = undefined;

  get isClosing(): boolean { return this.#closing !== undefined || this.#closeInFlight !== undefined; }
  get hasWriteInFlight(): boolean { return this.#writeInFlight !== undefined; }
  get hasOperationInFlight(): boolean { return this.#writeInFlight !== undefined || this.#closeInFlight !== undefined; }
  get isOver(): boolean { return this.state === 'closed' || this.state === 'errored'; }

  abort(reason: unknown): Promise<undefined> {
    if (this.isOver) return resolvedWith(undefined);
    this.controller.signalAbort(reason);
    // The listeners of the signal may have changed the state.
    if (this.isOver) return resolvedWith(undefined);
    if (this.#abort !== undefined) return this.#abort.deferred.promise;
    const wasErroring = this.state === 'erroring';
    const deferred = new Deferred<undefined>();
    this.#abort = { deferred, reason: wasErroring ? undefined : reason, wasErroring };
    if (!wasErroring) this.startErroring(reason);
    return deferred.promise;
  }

  close(): Promise<undefined> {
    if (this.isOver) return rejectedWith(new NativeTypeError('The stream is closed or errored, and cannot be closed'));
    const deferred = this.#closing = new Deferred<undefined>();
    if (this.writer !== undefined && this.backpressure && this.state === 'writable') this.writer.ready.resolve();
    this.controller.close();
    return deferred.promise;
  }

  addWrite(request: WriteRequest): void { this.#writes.push(request); }

  /** A failure of the sink, or of its start. */
  fail(error: unknown): void {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  startErroring(reason: unknown): void {
    this.state = 'erroring';
    this.storedError = reason;
    if (this.writer !== undefined) this.writer.ready = this.writer.ready.rejected(reason);
    if (!this.hasOperationInFlight && this.controller.started) this.finishErroring();
  }

  finishErroring(): void {
    this.state = 'errored';
    this.controller.resetQueue();
    const writes = this.#writes;
    this.#writes = new Queue();
    while (writes.length > 0) writes.shift().reject(this.storedError);
    const abort = this.#abort;
    if (abort === undefined) {
      this.#rejectClose();
      return;
    }
    this.#abort = undefined;
    const { deferred } = abort;
    if (abort.wasErroring) {
      deferred.reject(this.storedError);
      this.#rejectClose();
      return;
    }
    then(this.controller.abortSteps(abort.reason), () => {
      deferred.resolve(undefined);
      this.#rejectClose();
    }, (reason) => {
      deferred.reject(reason);
      this.#rejectClose();
    });
  }

  #rejectClose(): void {
    if (this.#closing !== undefined) {
      this.#closing.reject(this.storedError);
      this.#closing = undefined;
    }
    this.writer?.closed.reject(this.storedError);
  }

  startWrite(): void { this.#writeInFlight = this.#writes.shift(); }

  finishWrite(): void {
    const request = this.#writeInFlight!;
    this.#writeInFlight = undefined;
    request.resolve(undefined);
  }

  failWrite(error: unknown): void {
    const request = this.#writeInFlight!;
    this.#writeInFlight = undefined;
    request.reject(error);
    this.fail(error);
  }

  startClose(): void {
    this.#closeInFlight = this.#closing;
    this.#closing = undefined;
  }

  finishClose(): void {
    this.#closeInFlight!.resolve(undefined);
    this.#closeInFlight = undefined;
    if (this.state === 'erroring') {
      this.storedError = undefined;
      this.#abort?.deferred.resolve(undefined);
      this.#abort = undefined;
    }
    this.state = 'closed';
    this.writer?.closed.resolve();
  }

  failClose(error: unknown): void {
    this.#closeInFlight!.reject(error);
    this.#closeInFlight = undefined;
    this.#abort?.deferred.reject(error);
    this.#abort = undefined;
    this.fail(error);
  }

  updateBackpressure(backpressure: boolean): void {
    if (this.writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) this.writer.ready = new Signal();
      else this.writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

const released = (what: string): TypeError => new NativeTypeError(`Cannot ${what}: the writer has been released`);

export class Writer {
  stream: Writable | undefined;
  ready = new Signal();
  closed = new Signal();

  constructor(stream: Writable) {
    if (stream.writer !== undefined) throw new NativeTypeError('The stream is locked by another writer already');
    this.stream = stream;
    stream.writer = this;
    const { state, storedError } = stream;
    if (state === 'erroring' || state === 'errored') this.ready.reject(storedError);
    else if (state === 'closed' || stream.isClosing || !stream.backpressure) this.ready.resolve();
    if (state === 'closed') this.closed.resolve();
    else if (state === 'errored') this.closed.reject(storedError);
  }

  get desiredSize(): number | null {
    const { stream } = this;
    if (stream === undefined) throw released('read desiredSize');
    return stream.state === 'errored' || stream.state === 'erroring' ? null : stream.state === 'closed' ? 0 : stream.controller.desiredSize;
  }

  abort(reason: unknown): Promise<undefined> { return this.stream === undefined ? rejectedWith(released('abort')) : this.stream.abort(reason); }

  close(): Promise<undefined> {
    const { stream } = this;
    if (stream === undefined) return rejectedWith(released('close'));
    if (stream.isClosing) return rejectedWith(new NativeTypeError('The stream is being closed already'));
    return stream.close();
  }

  /** Closes the stream at the end of a pipe. */
  closeOrFail(): Promise<undefined> {
    const stream = this.stream!;
    if (stream.isClosing || stream.state === 'closed') return resolvedWith(undefined);
    return stream.state === 'errored' ? rejectedWith(stream.storedError) : stream.close();
  }

  release(): void {
    const { stream } = this;
    if (stream === undefined) return;
    const reason = new NativeTypeError('The writer has been released, and cannot be used to follow the stream any more');
    this.ready = this.ready.rejected(reason);
    this.closed = this.closed.rejected(reason);
    stream.writer = undefined;
    this.stream = undefined;
  }

  /** @param request receives the outcome, also if the stream takes no chunks any more */
  write(chunk: unknown, request: WriteRequest): void {
    const stream = this.stream!;
    const { controller } = stream;
    const size = controller.sizeOf(chunk);
    if (stream !== this.stream) request.reject(released('write'));
    else if (stream.state === 'errored') request.reject(stream.storedError);
    else if (stream.isClosing || stream.state === 'closed') request.reject(new NativeTypeError('The stream is closed or closing, and takes no more chunks'));
    else if (stream.state === 'erroring') request.reject(stream.storedError);
    else {
      stream.addWrite(request);
      controller.write(chunk, size);
    }
  }
}

/** What the queue holds after the last chunk. */
const CLOSE = { __proto__: null } as object;

export class WritableController {
  readonly stream: Writable;
  started = false;
  #queue = new SizedQueue<unknown>();
  readonly #highWaterMark: number;
  #size: Size;
  #write: ((chunk: unknown) => Promise<unknown>) | undefined = undefined;
  #close: (() => Promise<unknown>) | undefined = undefined;
  #abort: ((reason: unknown) => Promise<unknown>) | undefined = undefined;
  #aborted: { readonly reason: unknown } | undefined = undefined;
  #signal: object | undefined = undefined;

  constructor(stream: Writable, highWaterMark: number, size: Size) {
    this.stream = stream;
    stream.controller = this;
    this.#highWaterMark = highWaterMark;
    this.#size = size;
  }

  /** Sets the algorithms, and calls `start`, whose exception is passed on. */
  start(start: () => unknown, write: (chunk: unknown) => Promise<unknown>, close: () => Promise<unknown>, abort: (reason: unknown) => Promise<unknown>): void {
    this.#write = write;
    this.#close = close;
    this.#abort = abort;
    const { stream } = this;
    stream.updateBackpressure(this.#hasBackpressure);
    const result = start();
    then(result === undefined ? done : resolvedWith(result), () => {
      this.started = true;
      this.#advance();
    }, (reason) => {
      this.started = true;
      stream.fail(reason);
    });
  }

  get desiredSize(): number { return this.#highWaterMark - this.#queue.total; }
  get #hasBackpressure(): boolean { return this.desiredSize <= 0; }

  /** The AbortSignal, which is made when it is first read. */
  get signal(): object {
    if (this.#signal === undefined) {
      this.#signal = signals.makeController().signal;
      if (this.#aborted !== undefined) signals.abort(this.#signal, this.#aborted.reason);
    }
    return this.#signal;
  }

  signalAbort(reason: unknown): void {
    if (this.#aborted !== undefined) return;
    this.#aborted = { reason };
    if (this.#signal !== undefined) signals.abort(this.#signal, reason);
  }

  resetQueue(): void { this.#queue = new SizedQueue(); }

  #clearAlgorithms(): void {
    this.#write = undefined;
    this.#close = undefined;
    this.#abort = undefined;
    this.#size = undefined;
  }

  abortSteps(reason: unknown): Promise<unknown> {
    const abort = this.#abort!;
    const result = abort(reason);
    this.#clearAlgorithms();
    return result;
  }

  sizeOf(chunk: unknown): number {
    const size = this.#size;
    if (size === undefined) return 1;
    try {
      return size(chunk);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk: unknown, size: number): void {
    try {
      this.#queue.enqueue(chunk, size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    const { stream } = this;
    if (!stream.isClosing && stream.state === 'writable') stream.updateBackpressure(this.#hasBackpressure);
    this.#advance();
  }

  close(): void {
    this.#queue.enqueue(CLOSE, 0);
    this.#advance();
  }

  error(reason: unknown): void {
    this.#clearAlgorithms();
    this.stream.startErroring(reason);
  }

  errorIfNeeded(reason: unknown): void {
    if (this.stream.state === 'writable') this.error(reason);
  }

  #advance(): void {
    const { stream } = this;
    if (!this.started || stream.hasWriteInFlight) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (this.#queue.isEmpty) return;
    const next = this.#queue.peek();
    if (next === CLOSE) {
      stream.startClose();
      this.#queue.dequeue();
      const close = this.#close!;
      const closed = close();
      this.#clearAlgorithms();
      then(closed, () => { stream.finishClose(); }, (reason) => { stream.failClose(reason); });
    } else {
      stream.startWrite();
      const write = this.#write!;
      then(write(next), this.#written, this.#writeFailed);
    }
  }

  readonly #written = (): void => {
    const { stream } = this;
    stream.finishWrite();
    this.#queue.dequeue();
    if (!stream.isClosing && stream.state === 'writable') stream.updateBackpressure(this.#hasBackpressure);
    this.#advance();
  };

  readonly #writeFailed = (reason: unknown): void => {
    const { stream } = this;
    if (stream.state === 'writable') this.#clearAlgorithms();
    stream.failWrite(reason);
  };
}

