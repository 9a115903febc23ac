// Streams: a tee whose second branch receives clones of the chunks, as the Fetch standard has it for bodies. ReadableStream.tee() shares the chunks.
import { ReadableStream, type ReadableStreamDefaultController } from '../streams/streams.ts';
import { structuredClone } from '../structured-clone/structured-clone.ts';

class Tee {
  readonly branches: [ReadableStream, ReadableStream];
  readonly #reader;
  readonly #controllers: (ReadableStreamDefaultController<unknown> | undefined)[] = [];
  readonly #reasons: unknown[] = [];
  readonly #cancelled: Promise<void>;
  #cancel!: (result: Promise<void> | undefined) => void;
  #reading = false;
  #again = false;

  constructor(stream: ReadableStream) {
    this.#reader = stream.getReader();
    this.#cancelled = new Promise((resolve) => { this.#cancel = resolve; });
    this.branches = [this.#branch(0), this.#branch(1)];
    this.#reader.closed.catch((error: unknown) => { this.#error(error); });
  }

  #branch(index: 0 | 1): ReadableStream {
    return new ReadableStream({
      start: (controller) => { this.#controllers[index] = controller; },
      pull: () => { this.#pull(); },
      cancel: (reason) => {
        this.#controllers[index] = undefined;
        this.#reasons[index] = reason;
        // The stream is cancelled when both branches are.
        if (this.#controllers[1 - index] === undefined) this.#cancel(this.#reader.cancel(this.#reasons));
        return this.#cancelled;
      },
    });
  }

  #pull(): void {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    this.#again = false;
    this.#reader.read().then(({ done, value }) => {
      this.#reading = false;
      if (done) this.#close();
      else this.#enqueue(value);
    }, () => { /* told by closed */ });
  }

  #enqueue(chunk: unknown): void {
    const [first, second] = this.#controllers;
    let clone: unknown;
    try {
      clone = second === undefined ? undefined : structuredClone(chunk);
    } catch (error) {
      this.#error(error);
      this.#cancel(this.#reader.cancel(error));
      return;
    }
    first?.enqueue(chunk);
    second?.enqueue(clone);
    if (this.#again) this.#pull();
  }

  #close(): void {
    for (const controller of this.#controllers) controller?.close();
    this.#cancel(undefined);
  }

  #error(error: unknown): void {
    for (const controller of this.#controllers) controller?.error(error);
    this.#cancel(undefined);
  }
}

export const teeWithClones = (stream: ReadableStream): [ReadableStream, ReadableStream] => new Tee(stream).branches;
