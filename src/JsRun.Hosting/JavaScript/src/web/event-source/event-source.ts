// HTML: server-sent events, over fetch.
import { fetch } from '../fetch/fetch.ts';
import { AbortController, signalAbort } from '../dom/abort-signal.ts';
import { Event } from '../dom/event.ts';
import { defineEventHandler } from '../dom/event-handler.ts';
import { EventTarget, fire } from '../dom/event-target.ts';
import { bytesToLatin1 } from '../encoding/latin1.ts';
import { TextDecoder } from '../encoding/text-decoder.ts';
import { encodeUtf8 } from '../encoding/utf8.ts';
import { baseUrl } from '../url/base-url.ts';
import { innerResponse, type Response } from '../fetch/classes.ts';
import { mimeTypeOf } from '../fetch/mime-type.ts';
import { readEach } from '../fetch/read-all.ts';
import { MessageEvent } from '../html/message-event.ts';
import { startTimer, stopTimer } from '../html/timers.ts';
import { URL } from '../url/url.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';
import { EventStreamParser } from './parser.ts';

/** The values of `readyState`. JavaScript's alone. */
const enum State { Connecting = 0, Open = 1, Closed = 2 }

/** Until the server says otherwise, milliseconds. */
const RECONNECTION = 3000;
const LONGEST_RECONNECTION = 24 * 60 * 60 * 1000;

export class EventSource extends EventTarget {
  readonly #url: URL;
  readonly #withCredentials: boolean;
  #state: State = State.Connecting;
  #connection = new AbortController();
  #timer: number | undefined;
  #reconnection = RECONNECTION;
  #lastEventId = '';

  constructor(url: string | URL, init: { withCredentials?: boolean } | undefined = undefined) {
    requireArguments(arguments.length, 1, 'EventSource');
    super();
    const parsed = URL.parse(`${url}`, baseUrl()?.href);
    this.#withCredentials = !!dictionary(init, 'EventSource: the init').withCredentials;
    if (parsed === null) throw new DOMException(`EventSource: "${url}" is not a valid URL`, 'SyntaxError');
    this.#url = parsed;
    void this.#connect();
  }

  get url(): string { return this.#url.href; }
  get withCredentials(): boolean { return this.#withCredentials; }
  get readyState(): number { return this.#state; }

  close(): void {
    this.#state = State.Closed;
    if (this.#timer !== undefined) stopTimer(this.#timer);
    signalAbort(this.#connection.signal);
  }

  async #connect(): Promise<void> {
    this.#connection = new AbortController();
    const headers: Record<string, string> = { accept: 'text/event-stream', 'cache-control': 'no-cache' };
    if (this.#lastEventId !== '') headers['last-event-id'] = bytesToLatin1(encodeUtf8(this.#lastEventId));
    let response: Response;
    try {
      response = await fetch(this.#url.href, { headers, cache: 'no-store', signal: this.#connection.signal });
    } catch (error) {
      // A connection that is not permitted, or that is one subrequest too many, would fail again.
      if (isFinal(error)) this.#fail();
      else this.#reconnect();
      return;
    }
    if (response.status !== 200 || mimeTypeOf(innerResponse(response)!.headerList)?.essence !== 'text/event-stream') {
      void response.body?.cancel().catch(() => {});
      this.#fail();
      return;
    }
    await this.#read(response);
  }

  async #read(response: Response): Promise<void> {
    if (this.#state === State.Closed) return;
    this.#state = State.Open;
    fire(this, new Event('open'));
    const { origin } = new URL(response.url);
    const decoder = new TextDecoder();
    const parser = new EventStreamParser(this.#lastEventId, ({ type, data, lastEventId }) => {
      this.#lastEventId = lastEventId;
      if (type !== '' && this.#state === State.Open) fire(this, new MessageEvent(type, { data, origin, lastEventId }));
    }, (milliseconds) => { this.#reconnection = Math.min(milliseconds, LONGEST_RECONNECTION); });
    try {
      if (response.body !== null) await readEach(response.body, (chunk) => { parser.write(decoder.decode(chunk, { stream: true })); });
    } catch { /* the connection broke, which ends it as its end does */ }
    this.#reconnect();
  }

  #reconnect(): void {
    if (this.#state === State.Closed) return;
    this.#state = State.Connecting;
    fire(this, new Event('error'));
    if ((this.#state as State) === State.Closed) return;
    this.#timer = startTimer(this.#reconnection, () => { void this.#connect(); });
  }

  #fail(): void {
    if (this.#state === State.Closed) return;
    this.#state = State.Closed;
    fire(this, new Event('error'));
  }
}
const is = (value: unknown) => value instanceof EventSource;
for (const type of ['open', 'message', 'error']) defineEventHandler(EventSource.prototype, type, { is });
defineInterface(EventSource, 'EventSource', { CONNECTING: State.Connecting, OPEN: State.Open, CLOSED: State.Closed });

function isFinal(error: unknown): boolean {
  const { cause } = error as { cause?: { name?: string; message?: string } };
  return cause?.name === 'PermissionDenied' || cause?.name === 'LimitReached';
}
