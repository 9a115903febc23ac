// Streams: ReadableStreamDefaultController.
import { NativeTypeError, then } from '../../kernel/intrinsics.ts';
import { defineInterface, illegalConstructor } from '../webidl/interface.ts';
import { done, resolvedWith } from './promises.ts';
import type { Readable, ReadRequest } from './readable.ts';
import { SizedQueue } from './sized-queue.ts';
import type { Size } from './strategies.ts';

export class DefaultController {
  readonly isByteController = false;
  readonly stream: Readable;
  closeRequested = false;
  #shown: ReadableStreamDefaultController | undefined = undefined;
  #queue = new SizedQueue<unknown>();
  #started = false;
  #pulling = false;
  #pullAgain = false;
  readonly #highWaterMark: number;
  #size: Size;
  #pull: (() => Promise<unknown>) | undefined = undefined;
  #cancel: ((reason: unknown) => Promise<unknown>) | undefined = undefined;

  constructor(stream: Readable, highWaterMark: number, size: Size) {
    this.stream = stream;
    stream.controller = this;
    this.#highWaterMark = highWaterMark;
    this.#size = size;
  }

  /** What callbacks of user code receive. */
  get shown(): ReadableStreamDefaultController { return this.#shown ??= show(this); }

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
    return state === 'errored' ? null : state === 'closed' ? 0 : this.#highWaterMark - this.#queue.total;
  }

  get canCloseOrEnqueue(): boolean { return !this.closeRequested && this.stream.state === 'readable'; }

  get shouldPull(): boolean {
    if (!this.canCloseOrEnqueue || !this.#started) return false;
    const { reads } = this.stream;
    return (reads !== undefined && reads.length > 0) || this.#highWaterMark - this.#queue.total > 0;
  }

  #pullIfNeeded(): void {
    if (!this.shouldPull) return;
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
    this.#size = undefined;
  }

  close(): void {
    if (!this.canCloseOrEnqueue) return;
    this.closeRequested = true;
    if (!this.#queue.isEmpty) return;
    this.#clearAlgorithms();
    this.stream.close();
  }

  enqueue(chunk: unknown): void {
    if (!this.canCloseOrEnqueue) return;
    const { reads } = this.stream;
    if (reads !== undefined && reads.length > 0) {
      reads.shift().chunk(chunk);
    } else {
      try {
        this.#queue.enqueue(chunk, this.#size === undefined ? 1 : this.#size(chunk));
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.#pullIfNeeded();
  }

  error(reason: unknown): void {
    if (this.stream.state !== 'readable') return;
    this.#queue = new SizedQueue();
    this.#clearAlgorithms();
    this.stream.error(reason);
  }

  cancelSteps(reason: unknown): Promise<unknown> {
    this.#queue = new SizedQueue();
    const cancel = this.#cancel!;
    const result = cancel(reason);
    this.#clearAlgorithms();
    return result;
  }

  /** Whether a chunk can be taken at once. */
  get hasChunk(): boolean { return !this.#queue.isEmpty; }

  takeChunk(): unknown {
    const chunk = this.#queue.dequeue();
    if (this.closeRequested && this.#queue.isEmpty) {
      this.#clearAlgorithms();
      this.stream.close();
    } else {
      this.#pullIfNeeded();
    }
    return chunk;
  }

  pullSteps(request: ReadRequest): void {
    if (!this.#queue.isEmpty) {
      request.chunk(this.takeChunk());
      return;
    }
    this.stream.reads!.push(request);
    this.#pullIfNeeded();
  }

  releaseSteps(): void {}
}

let making: DefaultController | undefined;

export class ReadableStreamDefaultController<R = any> {
  readonly #controller: DefaultController;

  constructor() {
    if (making === undefined) illegalConstructor();
    this.#controller = making;
    making = undefined;
  }

  get desiredSize(): number | null { return this.#controller.desiredSize; }

  close(): void {
    if (!this.#controller.canCloseOrEnqueue) throw new NativeTypeError('The stream is closed, closing or errored, and cannot be closed');
    this.#controller.close();
  }

  enqueue(chunk: R = undefined as R): void {
    if (!this.#controller.canCloseOrEnqueue) throw new NativeTypeError('The stream is closed, closing or errored, and takes no more chunks');
    this.#controller.enqueue(chunk);
  }

  error(reason: unknown = undefined): void { this.#controller.error(reason); }
}

defineInterface(ReadableStreamDefaultController, 'ReadableStreamDefaultController');

function show(controller: DefaultController): ReadableStreamDefaultController {
  making = controller;
  return new ReadableStreamDefaultController();
}
