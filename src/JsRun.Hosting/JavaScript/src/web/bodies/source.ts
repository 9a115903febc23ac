// A source is a body that comes from the host. Nothing is pulled before the body is read; the bytes are copied from the transfer buffer into new arrays.
import { toHostError } from '../../bindings/host-error.ts';
import { onEntry } from '../../kernel/entries.ts';
import { host } from '../../kernel/host.ts';
import { conceal, createTable, NativePromise, NativeTypeError, NativeUint8Array, setBytes } from '../../kernel/intrinsics.ts';
import { EntryOp, FAILED, HostOp } from '../../kernel/ops.ts';
import { openTransfer, receive, TRANSFER_SIZE } from '../../kernel/transfer.ts';
import { type Whole, whole } from './whole.ts';
import { ReadableStream } from '../streams/streams.ts';

interface Reader { chunk(bytes: Uint8Array<ArrayBuffer>): void; end(): void; error(reason: unknown): void }
interface Controller { enqueue(bytes: Uint8Array): void; close(): void; error(reason: unknown): void; byobRequest: { respond(bytes: number): void } | null }

const waiting = createTable<Source>();

export class Source {
  readonly #id: number;
  readonly #ahead: number;
  #reader: Reader | undefined;
  #over = false;
  /** What the stream, or the drain, does when the source is aborted. */
  #fail: ((reason: unknown) => void) | undefined;
  #failure: { readonly reason: unknown } | undefined;

  /** @param readsAhead whether to pull one chunk more than is read, so that a reader learns early that the rest does not come */
  constructor(id: number, readsAhead = false) {
    this.#id = id;
    this.#ahead = readsAhead ? 1 : 0;
  }

  /** The reason if the source was aborted before its end. */
  get failure(): { readonly reason: unknown } | undefined { return this.#failure; }

  /** Reads one chunk; calls the reader at once or later. Must not be called again before that. */
  read(reader: Reader): void {
    if (this.#over) {
      if (this.#failure === undefined) reader.end();
      else reader.error(this.#failure.reason);
      return;
    }
    this.#reader = reader;
    openTransfer();
    const size = host(HostOp.SourcePull, this.#id, TRANSFER_SIZE) as number;
    if (size >= 0) this.#answer(size);
    else waiting[this.#id] = this;
  }

  #answer(size: number, message?: string, isHostError?: boolean): void {
    const reader = this.#reader!;
    this.#reader = undefined;
    if (size > 0) {
      reader.chunk(receive(size));
    } else {
      this.#over = true;
      // The host releases the source here, and not only at the end of the request or the context that it belongs to.
      host(HostOp.SourceCancel, this.#id);
      if (size === FAILED) reader.error(isHostError ? toHostError(message!) : new NativeTypeError(message ?? 'The body could not be read'));
      else reader.end();
    }
  }

  static {
    onEntry(EntryOp.SourceReady, (id: number, size: number, message?: string, isHostError?: boolean) => {
      const source = waiting[id];
      delete waiting[id];
      if (source !== undefined) source.#answer(size, message, isHostError);
    });
  }

  /** A byte stream over the source, which pulls when it is read, or one chunk ahead. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream({
      type: 'bytes',
      start: (controller) => {
        if (this.#failure !== undefined) controller.error(this.#failure.reason);
        this.#fail = (reason) => { controller.error(reason); };
      },
      pull: (controller) => new NativePromise<void>((resolve) => {
        this.read(streamReader(controller as unknown as Controller, resolve));
      }),
      cancel: () => { this.cancel(); },
    }, { highWaterMark: this.#ahead });
  }

  /** Reads the rest of the source into one array. */
  drain(): Promise<Whole> {
    return new NativePromise((resolve, reject) => {
      let all: Uint8Array<ArrayBuffer> = new NativeUint8Array(0);
      let length = 0;
      let more = false;
      let reading = false;
      this.#fail = reject;
      // A loop over chunks that are there at once: recursion would be as deep as the body has chunks.
      const next = () => {
        more = true;
        if (reading) return;
        reading = true;
        while (more) {
          more = false;
          this.read(reader);
        }
        reading = false;
      };
      const reader: Reader = {
        chunk(bytes) {
          if (length === 0) {
            all = bytes;
          } else {
            if (length + bytes.length > all.length) {
              const larger = new NativeUint8Array(Math.max(all.length * 2, length + bytes.length));
              setBytes(larger, all, 0);
              all = larger;
            }
            setBytes(all, bytes, length);
          }
          length += bytes.length;
          next();
        },
        end() { resolve(whole(length === all.length ? all : all.slice(0, length))); },
        error: reject,
      };
      next();
    });
  }

  /** Nobody reads the rest. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    delete waiting[this.#id];
    host(HostOp.SourceCancel, this.#id);
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.end();
  }

  /** The reader receives the reason as an error. */
  abort(reason: unknown): void {
    if (this.#over) return;
    this.#failure = { reason };
    this.#reader = undefined;
    this.cancel();
    this.#fail?.(reason);
  }
}

// Sources are passed to `Symbol.hasInstance` of Uint8Array and ReadableStream, which user code can define: it must not reach the bodies of other requests through one.
conceal(Source);

function streamReader(controller: Controller, done: () => void): Reader {
  return {
    chunk(bytes) { controller.enqueue(bytes); done(); },
    end() {
      try {
        controller.close();
        // Only an answer of no bytes ends a pending BYOB read.
        controller.byobRequest?.respond(0);
      } catch { /* it was cancelled or has failed: it has ended already */ }
      done();
    },
    error(reason) { controller.error(reason); done(); },
  };
}
