// Fetch: bodies. A body is text, bytes or a source of the host until its stream is needed. Most bodies are read or sent whole, and never have a stream.
import { Source } from '../bodies/source.ts';
import { decodeUtf8Body, encodeUtf8, utf8Length } from '../encoding/utf8.ts';
import { streamOfBytes } from '../streams/of-bytes.ts';
import { isByteStream, isDisturbed, markDisturbed, ReadableStream } from '../streams/streams.ts';
import { isMade } from '../webidl/interface.ts';
import { Parts } from '../bodies/parts.ts';
import { readAll, readEach } from './read-all.ts';
import { teeWithClones } from './tee.ts';
import { type Whole, whole } from '../bodies/whole.ts';

const isStream = (content: Content | ReadableStream): content is ReadableStream => typeof content !== 'string' && isMade('ReadableStream') && content instanceof ReadableStream;

/** The content from which a redirect can make the same body again. */
export type Replayable = string | Uint8Array<ArrayBuffer> | Parts;
export type Content = Replayable | Source;

/** The streams of bodies of `anyMethod`. */
const ofAnyMethod = new WeakSet<object>();

/** Whether a request of any method may have it as its body. */
export const fitsAnyMethod = (body: unknown): boolean => body instanceof Body ? body.anyMethod : typeof body === 'object' && body !== null && ofAnyMethod.has(body);

export class Body {
  #content: Content | undefined;
  readonly #origin: Source | undefined;
  #stream: ReadableStream | undefined;
  /** Null if the body cannot be sent again. */
  readonly source: Replayable | null;
  /** Whether the body came in a request whose method should have no body: such a request can still be copied. */
  anyMethod = false;

  constructor(content: Content | ReadableStream, source: Replayable | null = null) {
    if (isStream(content)) this.#stream = content;
    else this.#content = content;
    this.#origin = content instanceof Source ? content : undefined;
    this.source = isStream(content) || content instanceof Source ? source : content;
  }

  /** In bytes, where it is known. */
  get length(): number | null {
    return this.source === null ? null : typeof this.source === 'string' ? utf8Length(this.source) : this.source.length;
  }

  get stream(): ReadableStream {
    if (this.#stream === undefined) {
      const content = this.#content;
      this.#content = undefined;
      if (content instanceof Source) this.#stream = content.stream();
      else if (content !== undefined) this.#stream = streamOfBytes(typeof content === 'string' ? encodeUtf8(content) : content instanceof Parts ? content.join() : content);
      else this.#stream = spentStream();
    }
    if (this.anyMethod) ofAnyMethod.add(this.#stream);
    return this.#stream;
  }

  /** The reason if the host's bytes were aborted. */
  get failure(): { readonly reason: unknown } | undefined { return this.#origin?.failure; }

  /** Whether reading has begun. */
  get used(): boolean { return this.#stream === undefined ? this.#content === undefined : isDisturbed(this.#stream); }

  get unusable(): boolean { return this.#stream === undefined ? this.#content === undefined : this.#stream.locked || isDisturbed(this.#stream); }

  /** The whole content, if it has no stream yet; else undefined. The body counts as used then. */
  take(): Content | undefined {
    const content = this.#content;
    this.#content = undefined;
    return content;
  }

  /** Moves the content to a new body, as `new Request(request)` does; this one counts as used then. */
  move(): Body {
    return this.#alike(new Body(this.take() ?? throughProxy(this.stream), this.source));
  }

  clone(): Body {
    const content = this.#content;
    if (content !== undefined && !(content instanceof Source)) return new Body(content);
    const { stream } = this;
    // The branches of a byte stream have bytes of their own.
    const [mine, other] = isByteStream(stream) ? stream.tee() : teeWithClones(stream);
    this.#stream = mine;
    return this.#alike(new Body(other, this.source));
  }

  #alike(body: Body): Body {
    body.anyMethod = this.anyMethod;
    return body;
  }

  async text(): Promise<string> {
    const content = this.take();
    if (typeof content === 'string') return content.startsWith('\uFEFF') ? content.slice(1) : content;
    return decodeUtf8Body(this.#here(content) ?? (await this.#read(content)).bytes);
  }

  /** Reads all bytes. The array is shared if the content was bytes: copy it before user code gets it. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const content = this.take();
    const bytes = this.#here(content);
    if (bytes === undefined) return (await this.#read(content)).bytes;
    return content === bytes ? bytes.slice() : bytes;
  }

  /** Reads all bytes, for callers that do not change them. */
  async whole(): Promise<Whole> {
    const content = this.take();
    const bytes = this.#here(content);
    return bytes === undefined ? this.#read(content) : whole(bytes);
  }

  /** Calls back with the bytes as they come. */
  async each(visit: (chunk: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    const content = this.take();
    const bytes = this.#here(content);
    if (bytes !== undefined) visit(bytes);
    else await readEach(content instanceof Source ? content.stream() : this.stream, visit);
  }

  /** The bytes, if they are there already. */
  #here(content: Content | undefined): Uint8Array<ArrayBuffer> | undefined {
    if (typeof content === 'string') return encodeUtf8(content);
    return content instanceof Parts ? content.join() : content instanceof Uint8Array ? content : undefined;
  }

  #read(content: Content | undefined): Promise<Whole> {
    return content instanceof Source ? content.drain() : readAll(this.stream);
  }
}

/** The stream of a body that was taken whole: it is locked, and has been read. */
function spentStream(): ReadableStream {
  const stream = new ReadableStream({ start(controller) { controller.close(); } });
  void stream.getReader().read();
  return stream;
}

function throughProxy(stream: ReadableStream): ReadableStream {
  const reader = stream.getReader();
  markDisturbed(stream);
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) {
        controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } else {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}
