// Streams: ReadableByteStreamController and ReadableStreamBYOBRequest.
import { min, NativeRangeError, NativeTypeError, NativeUint8Array, setBytes, then } from '../../kernel/intrinsics.ts';
import { defineInterface, illegalConstructor, requireArguments } from '../webidl/interface.ts';
import { enforceRange } from './convert.ts';
import { done, resolvedWith } from './promises.ts';
import { Queue } from './queue.ts';
import type { Readable, ReadIntoRequest, ReadRequest } from './readable.ts';
import { allocate, isDetached, isPlainView as isView, readView, sizeOf, transferBuffer, type ViewKind, viewKindOf } from './views.ts';

/** A part of the queue. */
interface Entry { buffer: ArrayBuffer; offset: number; length: number }

/** A view that waits to be filled. */
interface PullInto {
  buffer: ArrayBuffer;
  readonly bufferLength: number;
  readonly offset: number;
  readonly length: number;
  filled: number;
  /** The number of bytes from which on the view may be given out. */
  readonly minimum: number;
  readonly kind: ViewKind;
  /** Who gets the view; none if its reader has been released. */
  reader: 'default' | 'byob' | 'none';
}

export class ByteController {
  readonly isByteController = true;
  readonly stream: Readable;
  #shown: ReadableByteStreamController | undefined = undefined;
  #queue = new Queue<Entry>();
  #total = 0;
  #closeRequested = false;
  #started = false;
  #pulling = false;
  #pullAgain = false;
  readonly #highWaterMark: number;
  readonly #autoAllocate: number | undefined;
  #pull: (() => Promise<unknown>) | undefined = undefined;
  #cancel: ((reason: unknown) => Promise<unknown>) | undefined = undefined;
  #pending = new Queue<PullInto>();
  #request: ByobRequest | undefined = undefined;

  constructor(stream: Readable, highWaterMark: number, autoAllocate: number | undefined) {
    this.stream = stream;
    stream.controller = this;
    this.#highWaterMark = highWaterMark;
    this.#autoAllocate = autoAllocate;
  }

  /** What callbacks of user code receive. */
  get shown(): ReadableByteStreamController { return this.#shown ??= showController(this); }

  /** Sets the algorithms, and calls `start`, whose exception is passed on. */
  start(start: () => unknown, pull: () => Promise<unknown>, cancel: (reason: unknown) => Promise<unknown>): void {
    this.#pull = pull;
    this.#cancel = cancel;
    const result = start();
    then(result === undefined ? done : resolvedWith(result), () => {
      this.#started = true;
      this.#pullIfNeeded();
    }, this.#fail);
  }

  readonly #fail = (reason: unknown): void => { this.error(reason); };

  readonly #pulled = (): void => {
    this.#pulling = false;
    if (!this.#pullAgain) return;
    this.#pullAgain = false;
    this.#pullIfNeeded();
  };

  get desiredSize(): number | null {
    const { state } = this.stream;
    return state === 'errored' ? null : state === 'closed' ? 0 : this.#highWaterMark - this.#total;
  }

  get canCloseOrEnqueue(): boolean { return !this.#closeRequested && this.stream.state === 'readable'; }

  #pullIfNeeded(): void {
    if (!this.canCloseOrEnqueue || !this.#started) return;
    const { reads, readsInto } = this.stream;
    if (!((reads !== undefined && reads.length > 0) || (readsInto !== undefined && readsInto.length > 0) || this.#highWaterMark - this.#total > 0)) return;
    if (this.#pulling) {
      this.#pullAgain = true;
      return;
    }
    this.#pulling = true;
    then(this.#pull!(), this.#pulled, this.#fail);
  }

  #clearAlgorithms(): void {
    this.#pull = undefined;
    this.#cancel = undefined;
  }

  #resetQueue(): void {
    this.#queue = new Queue();
    this.#total = 0;
  }

  /** The BYOB request of the first pending view, which is made when it is first read. */
  get request(): ByobRequest | undefined {
    if (this.#request === undefined && this.#pending.length > 0) {
      const { buffer, offset, length, filled } = this.#pending.peek();
      this.#request = new ByobRequest(this, new NativeUint8Array(buffer, offset + filled, length - filled));
    }
    return this.#request;
  }

  #invalidateRequest(): void {
    if (this.#request === undefined) return;
    this.#request.controller = undefined;
    this.#request.view = null;
    this.#request = undefined;
  }

  close(): void {
    if (!this.canCloseOrEnqueue) return;
    if (this.#total > 0) {
      this.#closeRequested = true;
      return;
    }
    if (this.#pending.length > 0) {
      const { filled, kind } = this.#pending.peek();
      if (filled % kind.size !== 0) {
        const error = new NativeTypeError('The stream is closed with a part of an element in the view that is read into');
        this.error(error);
        throw error;
      }
    }
    this.#clearAlgorithms();
    this.stream.close();
  }

  error(reason: unknown): void {
    if (this.stream.state !== 'readable') return;
    this.#invalidateRequest();
    this.#pending = new Queue();
    this.#resetQueue();
    this.#clearAlgorithms();
    this.stream.error(reason);
  }

  enqueue(chunk: ArrayBufferView): void {
    if (!this.canCloseOrEnqueue) return;
    const { buffer, offset, length } = readView(chunk);
    if (isDetached(buffer)) throw new NativeTypeError('The chunk\'s buffer is detached');
    const transferred = transferBuffer(buffer);
    if (this.#pending.length > 0) {
      const first = this.#pending.peek();
      if (isDetached(first.buffer)) throw new NativeTypeError('The buffer of the BYOB request is detached');
      this.#invalidateRequest();
      first.buffer = transferBuffer(first.buffer);
      if (first.reader === 'none') this.#queueReleased(first);
    }
    const { reads, readsInto } = this.stream;
    if (reads !== undefined) {
      this.#serveReads(reads);
      if (reads.length === 0) {
        this.#append(transferred, offset, length);
      } else {
        if (this.#pending.length > 0) this.#pending.shift();
        reads.shift().chunk(new NativeUint8Array(transferred, offset, length));
      }
    } else {
      this.#append(transferred, offset, length);
      if (readsInto !== undefined) this.#commitFilled();
    }
    this.#pullIfNeeded();
  }

  #append(buffer: ArrayBuffer, offset: number, length: number): void {
    this.#queue.push({ buffer, offset, length });
    this.#total += length;
  }

  #appendCopy(buffer: ArrayBuffer, offset: number, length: number): void {
    let copy: ArrayBuffer;
    try {
      copy = allocate(length);
      setBytes(new NativeUint8Array(copy), new NativeUint8Array(buffer, offset, length), 0);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.#append(copy, 0, length);
  }

  /** What a view has received before its reader was released goes back to the queue. */
  #queueReleased({ buffer, offset, filled }: PullInto): void {
    if (filled > 0) this.#appendCopy(buffer, offset, filled);
    this.#pending.shift();
  }

  /** Fills the view from the queue. Returns whether it may be given out. */
  #fill(into: PullInto): boolean {
    const most = into.filled + min(this.#total, into.length - into.filled);
    const aligned = most - most % into.kind.size;
    const isReady = aligned >= into.minimum;
    let left = (isReady ? aligned : most) - into.filled;
    while (left > 0) {
      const head = this.#queue.peek();
      const size = min(left, head.length);
      setBytes(new NativeUint8Array(into.buffer, into.offset + into.filled, size), new NativeUint8Array(head.buffer, head.offset, size), 0);
      if (head.length === size) {
        this.#queue.shift();
      } else {
        head.offset += size;
        head.length -= size;
      }
      this.#total -= size;
      into.filled += size;
      left -= size;
    }
    return isReady;
  }

  #drained(): void {
    if (this.#total === 0 && this.#closeRequested) {
      this.#clearAlgorithms();
      this.stream.close();
    } else {
      this.#pullIfNeeded();
    }
  }

  #takeChunk(): Uint8Array {
    const { buffer, offset, length } = this.#queue.shift();
    this.#total -= length;
    this.#drained();
    return new NativeUint8Array(buffer, offset, length);
  }

  #serveReads(reads: Queue<ReadRequest>): void {
    while (reads.length > 0 && this.#total > 0) reads.shift().chunk(this.#takeChunk());
  }

  /** Gives out all views that the queue can fill. They are filled first, because giving one out runs user code. */
  #commitFilled(first?: PullInto): void {
    const filled = new Queue<PullInto>();
    while (this.#pending.length > 0 && this.#total > 0) {
      const into = this.#pending.peek();
      if (this.#fill(into)) filled.push(this.#pending.shift());
    }
    if (first !== undefined) this.#commit(first);
    while (filled.length > 0) this.#commit(filled.shift());
  }

  #commit(into: PullInto): void {
    const { stream } = this;
    const isClosed = stream.state === 'closed';
    const view = this.#view(into);
    if (into.reader === 'default') {
      const request = stream.reads!.shift();
      if (isClosed) request.close();
      else request.chunk(view);
    } else {
      const request = stream.readsInto!.shift();
      if (isClosed) request.close(view);
      else request.chunk(view);
    }
  }

  #view({ buffer, offset, filled, kind }: PullInto): ArrayBufferView { return new kind.Type(transferBuffer(buffer), offset, filled / kind.size); }

  pullInto(view: ArrayBufferView, minimum: number, request: ReadIntoRequest): void {
    const { stream } = this;
    const kind = viewKindOf(view);
    const { buffer: given, offset, length } = readView(view);
    let buffer: ArrayBuffer;
    try {
      buffer = transferBuffer(given);
    } catch (error) {
      request.error(error);
      return;
    }
    const into: PullInto = { buffer, bufferLength: sizeOf(buffer), offset, length, filled: 0, minimum: minimum * kind.size, kind, reader: 'byob' };
    if (this.#pending.length > 0) {
      this.#pending.push(into);
      stream.readsInto!.push(request);
      return;
    }
    if (stream.state === 'closed') {
      request.close(new kind.Type(buffer, offset, 0));
      return;
    }
    if (this.#total > 0) {
      if (this.#fill(into)) {
        const filled = this.#view(into);
        this.#drained();
        request.chunk(filled);
        return;
      }
      if (this.#closeRequested) {
        const error = new NativeTypeError('The stream ends within the elements that were to be read');
        this.error(error);
        request.error(error);
        return;
      }
    }
    this.#pending.push(into);
    stream.readsInto!.push(request);
    this.#pullIfNeeded();
  }

  respond(size: number): void {
    const first = this.#pending.peek();
    this.#checkResponse(first, size);
    first.buffer = transferBuffer(first.buffer);
    this.#respond(first, size);
  }

  respondWithNewView(view: ArrayBufferView): void {
    const first = this.#pending.peek();
    const { buffer, offset, length } = readView(view);
    if (this.stream.state === 'closed' ? length !== 0 : length === 0) this.#checkResponse(first, length);
    if (first.offset + first.filled !== offset) throw new NativeRangeError('The view does not begin where the view of the BYOB request begins');
    if (first.bufferLength !== sizeOf(buffer)) throw new NativeRangeError('The view\'s buffer has another length than that of the BYOB request');
    this.#checkResponse(first, length);
    first.buffer = transferBuffer(buffer);
    this.#respond(first, length);
  }

  #checkResponse({ filled, length }: PullInto, size: number): void {
    if (this.stream.state === 'closed') {
      if (size !== 0) throw new NativeTypeError('The stream is closed: respond with 0 bytes');
      return;
    }
    if (size === 0) throw new NativeTypeError('A response of 0 bytes is only allowed once the stream is closed');
    if (filled + size > length) throw new NativeRangeError('The response is longer than the view of the BYOB request');
  }

  #respond(first: PullInto, size: number): void {
    this.#invalidateRequest();
    if (this.stream.state === 'closed') this.#respondClosed(first);
    else this.#respondReadable(first, size);
    this.#pullIfNeeded();
  }

  #respondClosed(first: PullInto): void {
    if (first.reader === 'none') this.#pending.shift();
    const { readsInto } = this.stream;
    if (readsInto === undefined) return;
    const ended = new Queue<PullInto>();
    while (ended.length < readsInto.length) ended.push(this.#pending.shift());
    while (ended.length > 0) this.#commit(ended.shift());
  }

  #respondReadable(into: PullInto, size: number): void {
    into.filled += size;
    if (into.reader === 'none') {
      this.#queueReleased(into);
      this.#commitFilled();
      return;
    }
    if (into.filled < into.minimum) return;
    this.#pending.shift();
    const rest = into.filled % into.kind.size;
    if (rest > 0) {
      this.#appendCopy(into.buffer, into.offset + into.filled - rest, rest);
      into.filled -= rest;
    }
    this.#commitFilled(into);
  }

  cancelSteps(reason: unknown): Promise<unknown> {
    this.#invalidateRequest();
    this.#pending = new Queue();
    this.#resetQueue();
    const cancel = this.#cancel!;
    const result = cancel(reason);
    this.#clearAlgorithms();
    return result;
  }

  pullSteps(request: ReadRequest): void {
    if (this.#total > 0) {
      request.chunk(this.#takeChunk());
      return;
    }
    const size = this.#autoAllocate;
    if (size !== undefined) {
      let buffer: ArrayBuffer;
      try {
        buffer = allocate(size);
      } catch (error) {
        request.error(error);
        return;
      }
      this.#pending.push({ buffer, bufferLength: size, offset: 0, length: size, filled: 0, minimum: 1, kind: viewKindOf(undefined), reader: 'default' });
    }
    this.stream.reads!.push(request);
    this.#pullIfNeeded();
  }

  releaseSteps(): void {
    if (this.#pending.length === 0) return;
    const first = this.#pending.shift();
    first.reader = 'none';
    this.#pending = new Queue();
    this.#pending.push(first);
  }
}

/** The state of a BYOB request. */
class ByobRequest {
  controller: ByteController | undefined;
  view: Uint8Array | null;
  #shown: ReadableStreamBYOBRequest | undefined = undefined;

  constructor(controller: ByteController, view: Uint8Array) {
    this.controller = controller;
    this.view = view;
  }

  get shown(): ReadableStreamBYOBRequest { return this.#shown ??= showRequest(this); }
}

let making: ByteController | ByobRequest | undefined;

/** Checks that the argument is a view on a buffer that can be transferred. */
export function requireView(value: unknown, what: string): asserts value is ArrayBufferView {
  if (!isView(value)) throw new NativeTypeError(`${what} is not a view on an ArrayBuffer`);
}

export class ReadableByteStreamController {
  readonly #controller: ByteController;

  constructor() {
    if (making === undefined) illegalConstructor();
    this.#controller = making as ByteController;
    making = undefined;
  }

  get byobRequest(): ReadableStreamBYOBRequest | null { return this.#controller.request?.shown ?? null; }
  get desiredSize(): number | null { return this.#controller.desiredSize; }

  close(): void {
    if (!this.#controller.canCloseOrEnqueue) throw new NativeTypeError('The stream is closed, closing or errored, and cannot be closed');
    this.#controller.close();
  }

  enqueue(chunk: ArrayBufferView): void {
    const controller = this.#controller;
    requireArguments(arguments.length, 1, 'ReadableByteStreamController.enqueue');
    requireView(chunk, 'ReadableByteStreamController.enqueue: the chunk');
    const { buffer, length } = readView(chunk);
    if (length === 0) throw new NativeTypeError('ReadableByteStreamController.enqueue: the chunk has no bytes');
    if (sizeOf(buffer) === 0) throw new NativeTypeError('ReadableByteStreamController.enqueue: the chunk\'s buffer has no bytes');
    if (!controller.canCloseOrEnqueue) throw new NativeTypeError('The stream is closed, closing or errored, and takes no more chunks');
    controller.enqueue(chunk);
  }

  error(reason: unknown = undefined): void { this.#controller.error(reason); }
}

export class ReadableStreamBYOBRequest {
  readonly #request: ByobRequest;

  constructor() {
    if (making === undefined) illegalConstructor();
    this.#request = making as ByobRequest;
    making = undefined;
  }

  get view(): Uint8Array | null { return this.#request.view; }

  respond(bytesWritten: number): void {
    const request = this.#request;
    requireArguments(arguments.length, 1, 'ReadableStreamBYOBRequest.respond');
    const size = enforceRange(bytesWritten, 'ReadableStreamBYOBRequest.respond: the number of bytes');
    const { controller } = request;
    if (controller === undefined) throw invalidated();
    if (isDetached(readView(request.view!).buffer)) throw new NativeTypeError('The buffer of the BYOB request is detached');
    controller.respond(size);
  }

  respondWithNewView(view: ArrayBufferView): void {
    const request = this.#request;
    requireArguments(arguments.length, 1, 'ReadableStreamBYOBRequest.respondWithNewView');
    requireView(view, 'ReadableStreamBYOBRequest.respondWithNewView: the argument');
    const { controller } = request;
    if (controller === undefined) throw invalidated();
    if (isDetached(readView(view).buffer)) throw new NativeTypeError('The view\'s buffer is detached');
    controller.respondWithNewView(view);
  }
}

const invalidated = (): TypeError => new NativeTypeError('This BYOB request has been answered already, or is no longer valid');

defineInterface(ReadableByteStreamController, 'ReadableByteStreamController');
defineInterface(ReadableStreamBYOBRequest, 'ReadableStreamBYOBRequest');

function showController(controller: ByteController): ReadableByteStreamController {
  making = controller;
  return new ReadableByteStreamController();
}

function showRequest(request: ByobRequest): ReadableStreamBYOBRequest {
  making = request;
  return new ReadableStreamBYOBRequest();
}
