// Streams: the state of a readable stream and the standard's operations on it. Scripts see it as a ReadableStream.
import type { ByteController } from './byte-controller.ts';
import type { DefaultController } from './default-controller.ts';
import { done, react, rejectedWith, Signal } from './promises.ts';
import { Queue } from './queue.ts';
import { NativeTypeError } from '../../kernel/intrinsics.ts';

/** Receives the result of a read. */
export interface ReadRequest {
  chunk(chunk: unknown): void;
  close(): void;
  error(reason: unknown): void;
}

/** Receives the result of a read into a view. */
export interface ReadIntoRequest {
  chunk(view: ArrayBufferView): void;
  close(view: ArrayBufferView | undefined): void;
  error(reason: unknown): void;
}

export class Readable {
  state: 'readable' | 'closed' | 'errored' = 'readable';
  storedError: unknown = undefined;
  disturbed = false;
  reader: DefaultReader | ByobReader | undefined = undefined;
  controller!: DefaultController | ByteController;

  get isLocked(): boolean { return this.reader !== undefined; }

  /** The requests of a default reader; undefined without one. */
  get reads(): Queue<ReadRequest> | undefined { return this.reader instanceof DefaultReader ? this.reader.requests : undefined; }

  /** The requests of a BYOB reader; undefined without one. */
  get readsInto(): Queue<ReadIntoRequest> | undefined { return this.reader instanceof ByobReader ? this.reader.requests : undefined; }

  cancel(reason: unknown): Promise<undefined> {
    this.disturbed = true;
    if (this.state === 'closed') return react(done, () => undefined);
    if (this.state === 'errored') return rejectedWith(this.storedError);
    this.close();
    const { reader } = this;
    if (reader instanceof ByobReader) {
      const requests = reader.takeRequests();
      while (requests.length > 0) requests.shift().close(undefined);
    }
    return react(this.controller.cancelSteps(reason), () => undefined);
  }

  close(): void {
    this.state = 'closed';
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (reader instanceof ByobReader) return;
    const requests = reader.takeRequests();
    while (requests.length > 0) requests.shift().close();
  }

  error(reason: unknown): void {
    this.state = 'errored';
    this.storedError = reason;
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(reason);
    reader.fail(reason);
  }
}

/** What both kinds of readers have in common. */
abstract class Reader<R extends { error(reason: unknown): void }> {
  stream: Readable | undefined;
  closed = new Signal();
  requests = new Queue<R>();

  constructor(stream: Readable) {
    if (stream.isLocked) throw new NativeTypeError('The stream is locked by another reader already');
    this.stream = stream;
    if (stream.state === 'closed') this.closed.resolve();
    else if (stream.state === 'errored') this.closed.reject(stream.storedError);
  }

  takeRequests(): Queue<R> {
    const { requests } = this;
    if (requests.length > 0) this.requests = new Queue<R>();
    return requests;
  }

  fail(reason: unknown): void {
    const requests = this.takeRequests();
    while (requests.length > 0) requests.shift().error(reason);
  }

  cancel(reason: unknown): Promise<undefined> {
    return this.stream === undefined ? rejectedWith(released('cancel')) : this.stream.cancel(reason);
  }

  release(): void {
    const { stream } = this;
    if (stream === undefined) return;
    const reason = new NativeTypeError('The reader has been released, and cannot be used to read from the stream any more');
    this.closed = this.closed.rejected(reason);
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    this.fail(reason);
  }
}

export const released = (what: string): TypeError => new NativeTypeError(`Cannot ${what}: the reader has been released`);

export class DefaultReader extends Reader<ReadRequest> {
  constructor(stream: Readable) {
    super(stream);
    stream.reader = this;
  }

  /** Reads one chunk of a stream that this reader has locked. */
  read(request: ReadRequest): void {
    const stream = this.stream!;
    stream.disturbed = true;
    if (stream.state === 'closed') request.close();
    else if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullSteps(request);
  }
}

export class ByobReader extends Reader<ReadIntoRequest> {
  constructor(stream: Readable) {
    super(stream);
    if (!stream.controller.isByteController) throw new NativeTypeError('A BYOB reader needs a byte stream: construct the stream with type "bytes"');
    stream.reader = this;
  }

  read(view: ArrayBufferView, min: number, request: ReadIntoRequest): void {
    const stream = this.stream!;
    stream.disturbed = true;
    if (stream.state === 'errored') request.error(stream.storedError);
    else (stream.controller as ByteController).pullInto(view, min, request);
  }
}
