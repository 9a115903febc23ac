// Compression: the readable and the writable side of a compression stream. They are not a TransformStream, because that cannot wait between pieces of output, and a chunk of a few bytes may
// decompress to gigabytes.
import { Codec } from './codec.ts';
import { TRANSFER_SIZE } from '../../kernel/transfer.ts';
import { ReadableStream, type ReadableStreamDefaultController, WritableStream, type WritableStreamDefaultController } from '../streams/streams.ts';

export class CodecTransform {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<unknown>;
  readonly #codec: Codec;
  #output!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  #input!: WritableStreamDefaultController;
  #over = false;
  /** Whether the reader waits for output. */
  #wanted = false;
  /** Ends the reader's pull, so that it can ask again. */
  #served: (() => void) | undefined;
  /** Lets the writer go on. */
  #resume: (() => void) | undefined;

  constructor(format: number, compress: boolean) {
    this.#codec = new Codec(format, compress);
    this.readable = new ReadableStream({
      start: (controller) => { this.#output = controller; },
      pull: () => this.#pull(),
      cancel: (reason) => {
        this.#end();
        this.#input.error(reason);
      },
    }, { highWaterMark: 0 });
    this.writable = new WritableStream({
      start: (controller) => { this.#input = controller; },
      write: (chunk) => this.#guard(() => this.#write(bytesOf(chunk))),
      close: () => this.#guard(async () => this.#close()),
      abort: (reason) => { this.#fail(reason); },
    });
  }

  #pull(): Promise<void> {
    this.#wanted = true;
    this.#resume?.();
    return new Promise((resolve) => { this.#served = resolve; });
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#demand();
    // A reader may detach the chunk in between, when a part of it has not crossed yet.
    const input = bytes.length > TRANSFER_SIZE ? bytes.slice() : bytes;
    for (let from = 0; from < input.length && !this.#over;) {
      from += this.#codec.write(input, from);
      for (let piece = this.#codec.read(); piece !== undefined; piece = this.#codec.read()) {
        await this.#demand();
        if (this.#over) return;
        this.#enqueue(piece);
      }
    }
  }

  /** Little output is left at the end, so a writer that closes need not wait for a reader. */
  #close(): void {
    if (this.#over) return;
    this.#codec.end();
    for (let piece = this.#codec.read(); piece !== undefined; piece = this.#codec.read()) this.#enqueue(piece);
    this.#output.close();
    this.#end();
  }

  #enqueue(piece: Uint8Array<ArrayBuffer>): void {
    this.#wanted = false;
    this.#output.enqueue(piece);
    this.#served?.();
  }

  async #demand(): Promise<void> {
    while (!this.#wanted && !this.#over) await new Promise<void>((resolve) => { this.#resume = resolve; });
  }

  /** An error on one side is an error on both. */
  async #guard(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    this.#output.error(error);
    this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#codec.close();
    this.#served?.();
    this.#resume?.();
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  if (ArrayBuffer.isView(chunk) && chunk.buffer instanceof ArrayBuffer) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  throw new TypeError('The chunk is neither an ArrayBuffer nor a view of one');
}
