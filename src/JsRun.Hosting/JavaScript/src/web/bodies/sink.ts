// A sink is a body that goes to the host. Chunks are offered one by one, and after an answer of WAIT the stream is not pulled before SinkReady.
import { onEntry } from '../../kernel/entries.ts';
import { errorText } from '../../kernel/errors.ts';
import { host } from '../../kernel/host.ts';
import { byteLengthOf, createTable, NativeTypeError, settle, then, typedArrayName } from '../../kernel/intrinsics.ts';
import { EntryOp, GO_ON, HostOp, REFUSED } from '../../kernel/ops.ts';
import { offer } from '../../kernel/transfer.ts';
import { cancelReader, getReader, read, type ReadableStream } from '../streams/streams.ts';
import { Parts } from './parts.ts';
import { LongText } from './long-text.ts';
import { Source } from './source.ts';

const sinks = createTable<Pump>();

/** A body that goes out piece by piece. */
export type Outbound = ReadableStream | Source | Parts | LongText;

/** What the chunks are read from. */
interface Origin {
  /** Whether the chunks are text. */
  readonly isText?: boolean;
  next(chunk: (value: unknown) => void, end: () => void, error: (reason: unknown) => void): void;
  /** Returns a promise, or a value, that settles when the origin has cleaned up. */
  cancel(reason: unknown): unknown;
}

class Pump {
  readonly #sink: number;
  readonly #origin: Origin;
  readonly #ended: () => void;
  readonly #readerGone: (() => void) | undefined;
  #resume: (() => void) | undefined;
  #over = false;
  #more = false;
  #looping = false;

  constructor(sink: number, origin: Origin, ended: () => void, readerGone: (() => void) | undefined) {
    this.#sink = sink;
    this.#origin = origin;
    this.#ended = ended;
    this.#readerGone = readerGone;
    sinks[sink] = this;
  }

  /** A loop over chunks that are there at once: recursion would be as deep as the body has chunks. */
  readonly next = (): void => {
    this.#more = true;
    if (this.#looping) return;
    this.#looping = true;
    while (this.#more && !this.#over) {
      this.#more = false;
      this.#origin.next(this.#write, this.#end, this.#fail);
    }
    this.#looping = false;
  };

  readonly #write = (chunk: unknown): void => {
    if (this.#over) return;
    if (this.#origin.isText === true) {
      this.#sendText(chunk as string);
      return;
    }
    let size: number;
    try {
      if (typedArrayName(chunk) !== 'Uint8Array') throw new NativeTypeError('The body\'s stream gave a chunk that is not a Uint8Array: encode text with TextEncoder or TextEncoderStream');
      size = byteLengthOf(chunk as Uint8Array);
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#send(chunk as Uint8Array, 0, size);
  };

  #sendText(text: string): void {
    const answer = host(HostOp.SinkWrite, this.#sink, text) as number;
    if (answer === GO_ON) this.next();
    else this.#resume = answer === REFUSED ? () => { this.#sendText(text); } : this.next;
  }

  #send(chunk: Uint8Array, from: number, size: number): void {
    while (from < size) {
      let count: number;
      try {
        count = offer(chunk, from);
      } catch (error) {
        // The chunk's buffer was detached, or shrank, while the host had no room.
        this.#refuse(error);
        return;
      }
      const answer = host(HostOp.SinkWrite, this.#sink, count) as number;
      if (answer !== REFUSED) from += count;
      if (answer !== GO_ON) {
        const rest = from;
        this.#resume = rest < size ? () => { this.#send(chunk, rest, size); } : this.next;
        return;
      }
    }
    this.next();
  }

  readonly #end = (): void => {
    this.#close(undefined);
    this.#ended();
  };

  readonly #fail = (reason: unknown): void => {
    this.#close(errorText(reason));
    this.#ended();
  };

  /** A chunk cannot be sent: the host's reader receives the error at once, and the origin is cancelled. */
  #refuse(error: unknown): void {
    this.#close(errorText(error));
    this.#cancel(error);
  }

  #close(error: string | undefined): void {
    this.#over = true;
    delete sinks[this.#sink];
    host(HostOp.SinkEnd, this.#sink, error);
  }

  #cancel(reason: unknown): void { settle(this.#origin.cancel(reason), this.#ended, this.#ended); }

  /** The host takes no more chunks: the origin is cancelled. */
  stop(reason: unknown): void {
    if (this.#over) return;
    this.#over = true;
    delete sinks[this.#sink];
    this.#cancel(reason);
  }

  static {
    onEntry(EntryOp.SinkReady, (sink: number, goOn: boolean) => {
      const pump = sinks[sink];
      if (pump === undefined) return;
      if (!goOn) {
        pump.#readerGone?.();
        pump.stop(new NativeTypeError('The reader has gone'));
        return;
      }
      const resume = pump.#resume;
      pump.#resume = undefined;
      resume?.();
    });
  }
}

function originOf(body: Outbound): Origin {
  if (body instanceof LongText) {
    return {
      isText: true,
      next(chunk, end) {
        const piece = body.next();
        if (piece === undefined) end();
        else chunk(piece);
      },
      cancel() { body.drop(); },
    };
  }
  if (body instanceof Parts) {
    let at = 0;
    return {
      next(chunk, end) {
        if (at < body.pieces.length) chunk(body.pieces[at++]);
        else end();
      },
      cancel() { at = body.pieces.length; },
    };
  }
  if (body instanceof Source) {
    return { next(chunk, end, error) { body.read({ chunk, end, error }); }, cancel() { body.cancel(); } };
  }
  const reader = getReader(body);
  return {
    next(chunk, end, error) {
      void then(read(reader), (result) => {
        if (result.done) end();
        else chunk(result.value);
      }, error);
    },
    cancel(reason) { return cancelReader(reader, reason); },
  };
}

/**
 * Writes all of the body to the sink. Returns a function that stops it early.
 * @param ended called once, however the body ends, and after its origin has cleaned up
 * @param readerGone called before the body is cancelled because the host's reader has gone
 */
export function pumpToSink(sink: number, body: Outbound, ended: () => void, readerGone?: () => void): (reason: unknown) => void {
  const pump = new Pump(sink, originOf(body), ended, readerGone);
  pump.next();
  return (reason) => { pump.stop(reason); };
}
