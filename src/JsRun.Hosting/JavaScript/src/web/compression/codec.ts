// The crossing of compression. A codec takes input piece by piece. All output of one piece must be read before the next piece is written.
import { host } from '../../kernel/host.ts';
import { NativeRangeError, NativeTypeError } from '../../kernel/intrinsics.ts';
import { CodecStep, HostOp, REFUSED } from '../../kernel/ops.ts';
import { offer, openTransfer, receive } from '../../kernel/transfer.ts';

let last = 0;

export class Codec {
  readonly #id = ++last;
  readonly #format: number;
  readonly #compress: boolean;
  #open = false;

  constructor(format: number, compress: boolean) {
    this.#format = format;
    this.#compress = compress;
  }

  /** Opens the codec in the host, which holds memory for it from its first use on. */
  #start(): void {
    if (this.#open) return;
    if (host(HostOp.Codec, CodecStep.Start, this.#id, this.#format, this.#compress ? 1 : 0) === REFUSED) {
      throw new NativeRangeError('There are too many compression streams at a time: JsRun:Limits:MaxCompressionStreams limits them; read or cancel the others first');
    }
    this.#open = true;
  }

  /** Writes as many of the bytes, from an offset on, as fit. Returns how many. */
  write(bytes: Uint8Array, from: number): number {
    this.#start();
    const size = offer(bytes, from);
    host(HostOp.Codec, CodecStep.Write, this.#id, size);
    return size;
  }

  /** Returns output, or undefined if there is no more for now. Throws a TypeError if the input is invalid. */
  read(): Uint8Array<ArrayBuffer> | undefined {
    openTransfer();
    const size = host(HostOp.Codec, CodecStep.Read, this.#id) as number | string;
    if (typeof size === 'string') throw new NativeTypeError(size);
    return size === 0 ? undefined : receive(size);
  }

  /** There is no more input. */
  end(): void {
    this.#start();
    host(HostOp.Codec, CodecStep.End, this.#id);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    host(HostOp.Codec, CodecStep.Close, this.#id);
  }
}
