// One HTTP request of a fetch: a fetch with redirects has several.
import { onEntry } from '../../kernel/entries.ts';
import { host } from '../../kernel/host.ts';
import { createTable, NativeTypeError } from '../../kernel/intrinsics.ts';
import { BodyKind, EntryOp, FAILED, HostOp, NONE } from '../../kernel/ops.ts';
import { stage } from '../../kernel/transfer.ts';
import type { Body } from './body.ts';
import type { HeaderList } from './classes.ts';
import { Parts } from '../bodies/parts.ts';
import { LongText } from '../bodies/long-text.ts';
import { pumpToSink } from '../bodies/sink.ts';
import { Source } from '../bodies/source.ts';

/** The longest body that crosses whole, in code units or bytes: it waits in the host's memory until it is sent. */
const LONGEST = 64 * 1024;

export interface Answer { status: number; statusText: string; headers: string; source: Source | undefined }

/** Headers of the connection and not of the message. The host sets them. */
const hopByHop: Record<string, true> = {
  __proto__: null, host: true, connection: true, 'keep-alive': true, 'proxy-connection': true, 'transfer-encoding': true, upgrade: true, te: true, trailer: true, expect: true, 'content-length': true,
} as never;

const hops = createTable<Hop>();
let last = 0;

export class Hop {
  readonly #call = ++last;
  readonly #answered: (answer: Answer) => void;
  readonly #failed: (error: unknown) => void;
  #source: Source | undefined;
  #stopUpload: ((reason: unknown) => void) | undefined;

  constructor(method: string, url: string, headers: HeaderList, body: Body | null, answered: (answer: Answer) => void, failed: (error: unknown) => void) {
    this.#answered = answered;
    this.#failed = failed;
    hops[this.#call] = this;
    const content = body === null ? undefined : body.take() ?? body.stream;
    const flat = headers.flat(hopByHop, true);
    if (content === undefined) {
      host(HostOp.Fetch, this.#call, method, url, flat, BodyKind.None);
    } else if (typeof content === 'string' && content.length <= LONGEST) {
      host(HostOp.Fetch, this.#call, method, url, flat, BodyKind.Text, content);
    } else if (content instanceof Uint8Array && content.length <= LONGEST) {
      stage(content);
      host(HostOp.Fetch, this.#call, method, url, flat, BodyKind.Bytes);
    } else {
      // A large body crosses as fast as it is sent, with its length if that is known.
      const pieces = typeof content === 'string' ? new LongText(content) : content instanceof Uint8Array ? new Parts([content]) : content;
      host(HostOp.Fetch, this.#call, method, url, flat, BodyKind.Stream, -this.#call, pieces instanceof Parts || pieces instanceof LongText ? pieces.length : NONE);
      this.#stopUpload = pumpToSink(-this.#call, pieces, () => { this.#stopUpload = undefined; });
    }
  }

  static {
    onEntry(EntryOp.FetchDone, (call: number, status: number, text: string, rest: string, source: number) => {
      const hop = hops[call];
      delete hops[call];
      if (hop !== undefined) hop.#done(status, text, rest, source);
      else if (status !== FAILED && source !== NONE) new Source(source).cancel();
    });
  }

  /** Failed: `text` is the kind of error and `rest` the message. */
  #done(status: number, text: string, rest: string, source: number): void {
    if (status === FAILED) {
      const cause = new Error(rest);
      cause.name = text;
      const error = new NativeTypeError(`fetch failed: ${rest}`, { cause });
      this.#stopUpload?.(error);
      this.#failed(error);
      return;
    }
    this.#source = source === NONE ? undefined : new Source(source, true);
    this.#answered({ status, statusText: text, headers: rest, source: this.#source });
  }

  abort(reason: unknown): void {
    if (hops[this.#call] === this) {
      delete hops[this.#call];
      host(HostOp.FetchAbort, this.#call);
    }
    this.#stopUpload?.(reason);
    this.#source?.abort(reason);
  }
}
