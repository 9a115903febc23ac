// Streams: ReadableStream.tee.
import { then } from '../../kernel/intrinsics.ts';
import { ByteController } from './byte-controller.ts';
import { DefaultController } from './default-controller.ts';
import { Deferred, done, microtask } from './promises.ts';
import { ByobReader, DefaultReader, Readable } from './readable.ts';
import { copyOfBytes } from './views.ts';

interface Branches { first: Readable; second: Readable }

const ignore = (): void => {};

/** What the branches share: the stream is cancelled once both are. */
class Shared {
  readonly #stream: Readable;
  readonly #cancelled = new Deferred();
  #reasons: [unknown, unknown] = [undefined, undefined];
  firstCancelled = false;
  secondCancelled = false;

  constructor(stream: Readable) { this.#stream = stream; }

  readonly cancelFirst = (reason: unknown): Promise<unknown> => {
    this.firstCancelled = true;
    this.#reasons[0] = reason;
    if (this.secondCancelled) this.#cancel();
    return this.#cancelled.promise;
  };

  readonly cancelSecond = (reason: unknown): Promise<unknown> => {
    this.secondCancelled = true;
    this.#reasons[1] = reason;
    if (this.firstCancelled) this.#cancel();
    return this.#cancelled.promise;
  };

  #cancel(): void { this.#cancelled.resolve(this.#stream.cancel(this.#reasons)); }

  /** Ends the cancellation of one branch, if the other was not cancelled before the stream ended. */
  ended(): void {
    if (!this.firstCancelled || !this.secondCancelled) this.#cancelled.resolve(undefined);
  }
}

export function tee(stream: Readable): Branches { return stream.controller.isByteController ? teeBytes(stream) : teeChunks(stream); }

function teeChunks(stream: Readable): Branches {
  const reader = new DefaultReader(stream);
  const shared = new Shared(stream);
  let reading = false;
  let readAgain = false;
  const pull = (): Promise<unknown> => {
    if (reading) {
      readAgain = true;
      return done;
    }
    reading = true;
    reader.read({
      chunk(chunk) {
        // In a microtask, so that errors of the stream come before it.
        microtask(() => {
          readAgain = false;
          if (!shared.firstCancelled) first.enqueue(chunk);
          if (!shared.secondCancelled) second.enqueue(chunk);
          reading = false;
          if (readAgain) void pull();
        });
      },
      close() {
        reading = false;
        if (!shared.firstCancelled) first.close();
        if (!shared.secondCancelled) second.close();
        shared.ended();
      },
      error() { reading = false; },
    });
    return done;
  };
  const first = new DefaultController(new Readable(), 1, undefined);
  const second = new DefaultController(new Readable(), 1, undefined);
  first.start(() => undefined, pull, shared.cancelFirst);
  second.start(() => undefined, pull, shared.cancelSecond);
  then(reader.closed.promise, ignore, (reason) => {
    first.error(reason);
    second.error(reason);
    shared.ended();
  });
  return { first: first.stream, second: second.stream };
}

function teeBytes(stream: Readable): Branches {
  let reader: DefaultReader | ByobReader = new DefaultReader(stream);
  const shared = new Shared(stream);
  let reading = false;
  let firstAgain = false;
  let secondAgain = false;
  const first = new ByteController(new Readable(), 0, undefined);
  const second = new ByteController(new Readable(), 0, undefined);

  const forwardError = (of: DefaultReader | ByobReader): void => {
    then(of.closed.promise, ignore, (reason) => {
      if (of !== reader) return;
      first.error(reason);
      second.error(reason);
      shared.ended();
    });
  };
  /** Copies a chunk for the other branch. If there is no memory for it, both fail. */
  const copyFor = (view: ArrayBufferView): ArrayBufferView | undefined => {
    try {
      return copyOfBytes(view);
    } catch (error) {
      first.error(error);
      second.error(error);
      // As the standard has it, the cancellation of the stream resolves that of the branches.
      void shared.cancelFirst(error);
      void shared.cancelSecond(error);
      return undefined;
    }
  };
  const goOn = (): void => {
    reading = false;
    if (firstAgain) void pullFirst();
    else if (secondAgain) void pullSecond();
  };
  const useDefaultReader = (): void => {
    if (reader instanceof DefaultReader) return;
    reader.release();
    reader = new DefaultReader(stream);
    forwardError(reader);
  };
  const pullWithDefaultReader = (): void => {
    useDefaultReader();
    (reader as DefaultReader).read({
      chunk(chunk) {
        microtask(() => {
          firstAgain = secondAgain = false;
          let copy = chunk as ArrayBufferView | undefined;
          if (!shared.firstCancelled && !shared.secondCancelled) {
            copy = copyFor(chunk as ArrayBufferView);
            if (copy === undefined) return;
          }
          if (!shared.firstCancelled) first.enqueue(chunk as ArrayBufferView);
          if (!shared.secondCancelled) second.enqueue(copy!);
          goOn();
        });
      },
      close() {
        reading = false;
        if (!shared.firstCancelled) first.close();
        if (!shared.secondCancelled) second.close();
        if (first.request !== undefined) first.respond(0);
        if (second.request !== undefined) second.respond(0);
        shared.ended();
      },
      error() { reading = false; },
    });
  };
  const pullWithByobReader = (view: Uint8Array, forSecond: boolean): void => {
    if (reader instanceof DefaultReader) {
      reader.release();
      reader = new ByobReader(stream);
      forwardError(reader);
    }
    const branch = forSecond ? second : first;
    const other = forSecond ? first : second;
    const isCancelled = (): boolean => forSecond ? shared.secondCancelled : shared.firstCancelled;
    const isOtherCancelled = (): boolean => forSecond ? shared.firstCancelled : shared.secondCancelled;
    reader.read(view, 1, {
      chunk(chunk) {
        microtask(() => {
          firstAgain = secondAgain = false;
          const cancelled = isCancelled();
          if (!isOtherCancelled()) {
            const copy = copyFor(chunk);
            if (copy === undefined) return;
            if (!cancelled) branch.respondWithNewView(chunk);
            other.enqueue(copy);
          } else if (!cancelled) {
            branch.respondWithNewView(chunk);
          }
          goOn();
        });
      },
      close(chunk) {
        reading = false;
        const cancelled = isCancelled();
        const otherCancelled = isOtherCancelled();
        if (!cancelled) branch.close();
        if (!otherCancelled) other.close();
        if (chunk !== undefined) {
          if (!cancelled) branch.respondWithNewView(chunk);
          if (!otherCancelled && other.request !== undefined) other.respond(0);
        }
        if (!cancelled || !otherCancelled) shared.ended();
      },
      error() { reading = false; },
    });
  };
  const pullFirst = (): Promise<unknown> => {
    if (reading) {
      firstAgain = true;
      return done;
    }
    reading = true;
    const { request } = first;
    if (request === undefined) pullWithDefaultReader();
    else pullWithByobReader(request.view!, false);
    return done;
  };
  const pullSecond = (): Promise<unknown> => {
    if (reading) {
      secondAgain = true;
      return done;
    }
    reading = true;
    const { request } = second;
    if (request === undefined) pullWithDefaultReader();
    else pullWithByobReader(request.view!, true);
    return done;
  };
  first.start(() => undefined, pullFirst, shared.cancelFirst);
  second.start(() => undefined, pullSecond, shared.cancelSecond);
  forwardError(reader);
  return { first: first.stream, second: second.stream };
}
