// WebSockets: the client. The host has the connection, and checks the permission `net:`.
import { HostSocket } from './host-socket.ts';
import { Event } from '../dom/event.ts';
import { defineEventHandler } from '../dom/event-handler.ts';
import { EventTarget, fire } from '../dom/event-target.ts';
import { utf8Length } from '../encoding/utf8.ts';
import { baseUrl } from '../url/base-url.ts';
import { isToken } from '../fetch/header-syntax.ts';
import { Blob, bytesOfBlob, isBlob } from '../file/blob.ts';
import { ErrorEvent } from '../html/error-event.ts';
import { MessageEvent } from '../html/message-event.ts';
import { URL } from '../url/url.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { CloseEvent } from './close-event.ts';

/** The values of `readyState`. JavaScript's alone. */
const enum State { Connecting = 0, Open = 1, Closing = 2, Closed = 3 }

const NORMAL = 1000;
const NO_STATUS = 1005;
const ABNORMAL = 1006;
const LONGEST_REASON = 123;

type BinaryType = 'blob' | 'arraybuffer';

export class WebSocket extends EventTarget {
  readonly #url: URL;
  readonly #socket: HostSocket;
  #state: State = State.Connecting;
  #protocol = '';
  #buffered = 0;
  #binaryType: BinaryType = 'blob';

  constructor(url: string | URL, protocols: string | Iterable<string> = []) {
    requireArguments(arguments.length, 1, 'WebSocket');
    super();
    this.#url = parseUrl(`${url}`);
    this.#socket = new HostSocket(this.#url.href, protocolsOf(protocols).join(','), {
      opened: (protocol) => { this.#opened(protocol); },
      text: (text) => { this.#message(text); },
      bytes: (bytes) => { this.#message(this.#binaryType === 'blob' ? new Blob([bytes]) : bytes.buffer); },
      sent: (size) => { this.#buffered -= size; },
      failed: (message) => { fire(this, new ErrorEvent('error', { message })); },
      closed: (code, reason, wasClean) => { this.#closed(code, reason, wasClean); },
    });
  }

  get url(): string { return this.#url.href; }
  get readyState(): number { return this.#state; }
  get bufferedAmount(): number { return this.#buffered; }
  get extensions(): string { return this.#url && ''; }
  get protocol(): string { return this.#protocol; }
  get binaryType(): BinaryType { return this.#binaryType; }
  set binaryType(value: BinaryType) {
    void this.#binaryType;
    const type = `${value}`;
    if (type === 'blob' || type === 'arraybuffer') this.#binaryType = type;
  }

  close(code: number | undefined = undefined, reason: string | undefined = undefined): void {
    void this.#state;
    const status = code === undefined ? undefined : clamp(code);
    const text = reason === undefined ? '' : `${reason}`.toWellFormed();
    if (status !== undefined && status !== NORMAL && (status < 3000 || status > 4999)) throw new DOMException(`WebSocket.close: ${status} is neither 1000 nor in the range 3000 to 4999`, 'InvalidAccessError');
    if (utf8Length(text) > LONGEST_REASON) throw new DOMException(`WebSocket.close: the reason is longer than ${LONGEST_REASON} bytes`, 'SyntaxError');
    if (this.#state >= State.Closing) return;
    this.#state = State.Closing;
    this.#socket.close(status ?? (text === '' ? NO_STATUS : NORMAL), text);
  }

  send(data: string | ArrayBuffer | ArrayBufferView | Blob): void {
    void this.#state;
    requireArguments(arguments.length, 1, 'WebSocket.send');
    const content = contentOf(data);
    if (this.#state === State.Connecting) throw new DOMException('WebSocket.send: the socket is not open yet; wait for its event "open"', 'InvalidStateError');
    this.#buffered += typeof content === 'string' ? utf8Length(content) : content.length;
    if (this.#state !== State.Open || this.#socket.send(content)) return;
    this.#state = State.Closing;
    this.#socket.close(ABNORMAL, '');
  }

  #opened(protocol: string): void {
    if (this.#state !== State.Connecting) return;
    this.#state = State.Open;
    this.#protocol = protocol;
    fire(this, new Event('open'));
  }

  #message(data: unknown): void {
    if (this.#state === State.Open) fire(this, new MessageEvent('message', { data, origin: this.#url.origin }));
  }

  #closed(code: number, reason: string, wasClean: boolean): void {
    this.#state = State.Closed;
    fire(this, new CloseEvent('close', { code, reason, wasClean }));
  }
}
const is = (value: unknown) => value instanceof WebSocket;
for (const type of ['open', 'error', 'close', 'message']) defineEventHandler(WebSocket.prototype, type, { is });
defineInterface(WebSocket, 'WebSocket', { CONNECTING: State.Connecting, OPEN: State.Open, CLOSING: State.Closing, CLOSED: State.Closed });

function parseUrl(text: string): URL {
  const url = URL.parse(text, baseUrl()?.href);
  if (url === null) throw new DOMException(`WebSocket: "${text}" is not a valid URL`, 'SyntaxError');
  if (url.protocol === 'http:') url.protocol = 'ws:';
  else if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw new DOMException(`WebSocket: the URL scheme "${url.protocol}" is not ws, wss, http or https`, 'SyntaxError');
  if (url.href.includes('#')) throw new DOMException('WebSocket: the URL has a fragment', 'SyntaxError');
  return url;
}

function protocolsOf(value: string | Iterable<string>): string[] {
  const iterable = typeof value === 'object' && value !== null && typeof (value as Iterable<string>)[Symbol.iterator] === 'function';
  const protocols = iterable ? [...value].map((protocol) => `${protocol}`) : [`${value as string}`];
  const wrong = protocols.find((protocol, index) => !isToken(protocol) || protocols.findIndex((other) => other.toLowerCase() === protocol.toLowerCase()) !== index);
  if (wrong !== undefined) throw new DOMException(`WebSocket: the protocol "${wrong}" is not valid, or is there twice`, 'SyntaxError');
  return protocols;
}

function contentOf(data: unknown): string | Uint8Array {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return isBlob(data) ? bytesOfBlob(data) : `${data as string}`.toWellFormed();
}

/** [Clamp] unsigned short. */
const clamp = (value: unknown): number => Math.min(Math.max(Math.round(Number(value)) || 0, 0), 0xffff);
