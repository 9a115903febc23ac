// Streams: WritableStream, WritableStreamDefaultWriter and WritableStreamDefaultController.
import { apply, NativePromise, NativeRangeError, NativeTypeError } from '../../kernel/intrinsics.ts';
import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import { callback, isObject, optionalObject } from './convert.ts';
import { call, done, rejectedWith } from './promises.ts';
import { highWaterMarkOf, type QueuingStrategy, readStrategy } from './strategies.ts';
import { Writable, WritableController, Writer } from './writable.ts';

export interface UnderlyingSink<W = any> {
  start?: (controller: WritableStreamDefaultController) => unknown;
  write?: (chunk: W, controller: WritableStreamDefaultController) => unknown;
  close?: () => unknown;
  abort?: (reason: any) => unknown;
  type?: undefined;
}

let making: Writable | undefined;

/** The state of a WritableStream; a TypeError for anything else. */
export let writableOf: (stream: unknown) => Writable;
export let isWritableStream: (value: object) => value is WritableStream;

const illegal = (): TypeError => new NativeTypeError('Illegal invocation');

export class WritableStream<W = any> {
  readonly #writable: Writable;

  constructor(sink?: UnderlyingSink<W>, strategy?: QueuingStrategy<W>);
  constructor(sink: unknown = undefined, strategy: unknown = undefined) {
    if (making !== undefined) {
      this.#writable = making;
      making = undefined;
      return;
    }
    const members = optionalObject(sink, 'WritableStream: the sink');
    const self = sink === undefined ? members : sink as object;
    const read = readStrategy(strategy, 'WritableStream: the strategy');
    const abort = callback(members, 'abort', 'WritableStream');
    const close = callback(members, 'close', 'WritableStream');
    const start = callback(members, 'start', 'WritableStream');
    const { type } = members;
    const write = callback(members, 'write', 'WritableStream');
    if (type !== undefined) throw new NativeRangeError('WritableStream: a sink has no type');
    this.#writable = new Writable();
    const controller = new WritableController(this.#writable, highWaterMarkOf(read, 1), read.size);
    const shown = showController(controller);
    controller.start(
      start === undefined ? () => undefined : () => apply(start, self, [shown]) as unknown,
      write === undefined ? () => done : (chunk) => call(write, self, [chunk, shown]),
      close === undefined ? () => done : () => call(close, self, []),
      abort === undefined ? () => done : (reason) => call(abort, self, [reason]),
    );
  }

  static {
    writableOf = (stream) => {
      if (typeof stream !== 'object' || stream === null || !(#writable in stream)) throw new NativeTypeError('The value is not a WritableStream');
      return stream.#writable;
    };
    isWritableStream = (value): value is WritableStream => #writable in value;
  }

  get locked(): boolean { return this.#writable.writer !== undefined; }

  abort(reason: unknown = undefined): Promise<undefined> {
    if (!(isObject(this) && #writable in this)) return rejectedWith(illegal());
    if (this.#writable.writer !== undefined) return rejectedWith(new NativeTypeError('The stream is locked by a writer: abort the writer'));
    return this.#writable.abort(reason);
  }

  close(): Promise<undefined> {
    if (!(isObject(this) && #writable in this)) return rejectedWith(illegal());
    if (this.#writable.writer !== undefined) return rejectedWith(new NativeTypeError('The stream is locked by a writer: close the writer'));
    if (this.#writable.isClosing) return rejectedWith(new NativeTypeError('The stream is being closed already'));
    return this.#writable.close();
  }

  getWriter(): WritableStreamDefaultWriter<W> {
    void this.#writable;
    return new WritableStreamDefaultWriter<W>(this);
  }
}

export class WritableStreamDefaultWriter<W = any> {
  readonly #writer: Writer;

  constructor(stream: WritableStream<W>) {
    requireArguments(arguments.length, 1, 'WritableStreamDefaultWriter');
    this.#writer = new Writer(writableOf(stream));
  }

  get closed(): Promise<undefined> { return isObject(this) && #writer in this ? this.#writer.closed.promise : rejectedWith(illegal()); }
  get desiredSize(): number | null { return this.#writer.desiredSize; }
  get ready(): Promise<undefined> { return isObject(this) && #writer in this ? this.#writer.ready.promise : rejectedWith(illegal()); }
  abort(reason: unknown = undefined): Promise<undefined> { return isObject(this) && #writer in this ? this.#writer.abort(reason) : rejectedWith(illegal()); }
  close(): Promise<undefined> { return isObject(this) && #writer in this ? this.#writer.close() : rejectedWith(illegal()); }
  releaseLock(): void { this.#writer.release(); }

  write(chunk: W = undefined as W): Promise<undefined> {
    if (!(isObject(this) && #writer in this)) return rejectedWith(illegal());
    const writer = this.#writer;
    if (writer.stream === undefined) return rejectedWith(new NativeTypeError('Cannot write: the writer has been released'));
    return new NativePromise((resolve, reject) => { writer.write(chunk, { resolve, reject }); });
  }
}

let shownOf: WritableController | undefined;

export class WritableStreamDefaultController {
  readonly #controller: WritableController;

  constructor() {
    if (shownOf === undefined) illegalConstructor();
    this.#controller = shownOf;
    shownOf = undefined;
  }

  get signal(): any { return this.#controller.signal; }

  error(reason: unknown = undefined): void { this.#controller.errorIfNeeded(reason); }
}

defineInterface(WritableStream, 'WritableStream');
defineInterface(WritableStreamDefaultWriter, 'WritableStreamDefaultWriter');
defineInterface(WritableStreamDefaultController, 'WritableStreamDefaultController');

/** The WritableStream of a state that has none yet. */
export function showWritable(writable: Writable): WritableStream {
  making = writable;
  return new WritableStream();
}

function showController(controller: WritableController): WritableStreamDefaultController {
  shownOf = controller;
  return new WritableStreamDefaultController();
}
