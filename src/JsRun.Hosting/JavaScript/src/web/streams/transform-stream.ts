// Streams: TransformStream and TransformStreamDefaultController.
import { apply, NativeRangeError, NativeTypeError, then } from '../../kernel/intrinsics.ts';
import { defineInterface, illegalConstructor } from '../webidl/interface.ts';
import { callback, optionalObject } from './convert.ts';
import { DefaultController } from './default-controller.ts';
import { call, Deferred, done, react } from './promises.ts';
import { Readable } from './readable.ts';
import { type ReadableStream, showReadable } from './readable-stream.ts';
import { highWaterMarkOf, type QueuingStrategy, readStrategy, type Size } from './strategies.ts';
import { Writable, WritableController } from './writable.ts';
import { showWritable, type WritableStream } from './writable-stream.ts';

export interface Transformer<I = any, O = any> {
  start?: (controller: TransformStreamDefaultController<O>) => unknown;
  transform?: (chunk: I, controller: TransformStreamDefaultController<O>) => unknown;
  flush?: (controller: TransformStreamDefaultController<O>) => unknown;
  cancel?: (reason: any) => unknown;
  readableType?: undefined;
  writableType?: undefined;
}

/** The state of a transform stream and the standard's operations on it. */
class Transform {
  readonly readable = new Readable();
  readonly writable = new Writable();
  readonly #output: DefaultController;
  readonly #input: WritableController;
  #backpressure = false;
  #change: Deferred | undefined = undefined;
  #finish: Deferred | undefined = undefined;
  #transform: ((chunk: unknown) => Promise<unknown>) | undefined = undefined;
  #flush: (() => Promise<unknown>) | undefined = undefined;
  #cancel: ((reason: unknown) => Promise<unknown>) | undefined = undefined;

  constructor(started: Promise<unknown>, writableMark: number, writableSize: Size, readableMark: number, readableSize: Size) {
    this.#input = new WritableController(this.writable, writableMark, writableSize);
    this.#input.start(() => started, (chunk) => this.#write(chunk), () => this.#close(), (reason) => this.#abort(reason));
    this.#output = new DefaultController(this.readable, readableMark, readableSize);
    this.#output.start(() => started, () => this.#pull(), (reason) => this.#cancelled(reason));
    this.#setBackpressure(true);
  }

  use(transform: (chunk: unknown) => Promise<unknown>, flush: () => Promise<unknown>, cancel: (reason: unknown) => Promise<unknown>): void {
    this.#transform = transform;
    this.#flush = flush;
    this.#cancel = cancel;
  }

  get desiredSize(): number | null { return this.#output.desiredSize; }

  #setBackpressure(backpressure: boolean): void {
    this.#change?.resolve(undefined);
    this.#change = new Deferred();
    this.#backpressure = backpressure;
  }

  #clearAlgorithms(): void {
    this.#transform = undefined;
    this.#flush = undefined;
    this.#cancel = undefined;
  }

  error(reason: unknown): void {
    this.#output.error(reason);
    this.#failInput(reason);
  }

  #failInput(reason: unknown): void {
    this.#clearAlgorithms();
    this.#input.errorIfNeeded(reason);
    this.#unblock();
  }

  #unblock(): void {
    if (this.#backpressure) this.#setBackpressure(false);
  }

  enqueue(chunk: unknown): void {
    const output = this.#output;
    if (!output.canCloseOrEnqueue) throw new NativeTypeError('The readable side is closed, closing or errored, and takes no more chunks');
    try {
      output.enqueue(chunk);
    } catch (error) {
      this.#failInput(error);
      throw this.readable.storedError;
    }
    if (!output.shouldPull && !this.#backpressure) this.#setBackpressure(true);
  }

  terminate(): void {
    this.#output.close();
    this.#failInput(new NativeTypeError('The transform stream has been terminated'));
  }

  #write(chunk: unknown): Promise<unknown> {
    if (!this.#backpressure) return this.#run(chunk);
    return react(this.#change!.promise, () => {
      if (this.writable.state === 'erroring') throw this.writable.storedError;
      return this.#run(chunk);
    });
  }

  #run(chunk: unknown): Promise<unknown> {
    const transform = this.#transform!;
    const result = transform(chunk);
    return result === done ? result : react(result, undefinedOf, (reason) => {
      this.error(reason);
      throw reason;
    });
  }

  #abort(reason: unknown): Promise<unknown> {
    if (this.#finish !== undefined) return this.#finish.promise;
    const finish = this.#finish = new Deferred();
    const cancel = this.#cancel!;
    const cancelled = cancel(reason);
    this.#clearAlgorithms();
    then(cancelled, () => {
      if (this.readable.state === 'errored') {
        finish.reject(this.readable.storedError);
      } else {
        this.#output.error(reason);
        finish.resolve(undefined);
      }
    }, (error) => {
      this.#output.error(error);
      finish.reject(error);
    });
    return finish.promise;
  }

  #close(): Promise<unknown> {
    if (this.#finish !== undefined) return this.#finish.promise;
    const finish = this.#finish = new Deferred();
    const flush = this.#flush!;
    const flushed = flush();
    this.#clearAlgorithms();
    then(flushed, () => {
      if (this.readable.state === 'errored') {
        finish.reject(this.readable.storedError);
      } else {
        this.#output.close();
        finish.resolve(undefined);
      }
    }, (error) => {
      this.#output.error(error);
      finish.reject(error);
    });
    return finish.promise;
  }

  #pull(): Promise<unknown> {
    this.#setBackpressure(false);
    return this.#change!.promise;
  }

  #cancelled(reason: unknown): Promise<unknown> {
    if (this.#finish !== undefined) return this.#finish.promise;
    const finish = this.#finish = new Deferred();
    const cancel = this.#cancel!;
    const cancelled = cancel(reason);
    this.#clearAlgorithms();
    then(cancelled, () => {
      if (this.writable.state === 'errored') {
        finish.reject(this.writable.storedError);
      } else {
        this.#input.errorIfNeeded(reason);
        this.#unblock();
        finish.resolve(undefined);
      }
    }, (error) => {
      this.#input.errorIfNeeded(error);
      this.#unblock();
      finish.reject(error);
    });
    return finish.promise;
  }
}

const undefinedOf = (): undefined => undefined;

export let isTransformStream: (value: object) => value is TransformStream;

/** Gives a transform stream other sides. */
export let setEnds: (stream: TransformStream, readable: ReadableStream, writable: WritableStream) => TransformStream;

export class TransformStream<I = any, O = any> {
  #readable: ReadableStream<O>;
  #writable: WritableStream<I>;

  constructor(transformer?: Transformer<I, O>, writableStrategy?: QueuingStrategy<I>, readableStrategy?: QueuingStrategy<O>);
  constructor(transformer: unknown = undefined, writableStrategy: unknown = undefined, readableStrategy: unknown = undefined) {
    const members = optionalObject(transformer, 'TransformStream: the transformer');
    const self = transformer === undefined ? members : transformer as object;
    const writing = readStrategy(writableStrategy, 'TransformStream: the writable strategy');
    const reading = readStrategy(readableStrategy, 'TransformStream: the readable strategy');
    const cancel = callback(members, 'cancel', 'TransformStream');
    const flush = callback(members, 'flush', 'TransformStream');
    const { readableType } = members;
    const start = callback(members, 'start', 'TransformStream');
    const transform = callback(members, 'transform', 'TransformStream');
    const { writableType } = members;
    if (readableType !== undefined) throw new NativeRangeError('TransformStream: a transformer has no readableType');
    if (writableType !== undefined) throw new NativeRangeError('TransformStream: a transformer has no writableType');
    const readableMark = highWaterMarkOf(reading, 0);
    const writableMark = highWaterMarkOf(writing, 1);
    const started = new Deferred();
    const state = new Transform(started.promise, writableMark, writing.size, readableMark, reading.size);
    const shown = showController(state);
    state.use(
      transform === undefined ? (chunk) => enqueueTo(state, chunk) : (chunk) => call(transform, self, [chunk, shown]),
      flush === undefined ? () => done : () => call(flush, self, [shown]),
      cancel === undefined ? () => done : (reason) => call(cancel, self, [reason]),
    );
    this.#readable = showReadable(state.readable) as ReadableStream<O>;
    this.#writable = showWritable(state.writable) as WritableStream<I>;
    started.resolve(start === undefined ? undefined : apply(start, self, [shown]));
  }

  static {
    isTransformStream = (value): value is TransformStream => #readable in value;
    setEnds = (stream, readable, writable) => {
      stream.#readable = readable;
      stream.#writable = writable;
      return stream;
    };
  }

  get readable(): ReadableStream<O> { return this.#readable; }
  get writable(): WritableStream<I> { return this.#writable; }
}

/** The transformation of a transformer without one. */
const enqueueTo = (state: Transform, chunk: unknown): Promise<unknown> => call(() => { state.enqueue(chunk); }, undefined, []);

let shownOf: Transform | undefined;

export class TransformStreamDefaultController<O = any> {
  readonly #transform: Transform;

  constructor() {
    if (shownOf === undefined) illegalConstructor();
    this.#transform = shownOf;
    shownOf = undefined;
  }

  get desiredSize(): number | null { return this.#transform.desiredSize; }
  enqueue(chunk: O = undefined as O): void { this.#transform.enqueue(chunk); }
  error(reason: unknown = undefined): void { this.#transform.error(reason); }
  terminate(): void { this.#transform.terminate(); }
}

defineInterface(TransformStream, 'TransformStream');
defineInterface(TransformStreamDefaultController, 'TransformStreamDefaultController');

function showController(transform: Transform): TransformStreamDefaultController {
  shownOf = transform;
  return new TransformStreamDefaultController();
}
