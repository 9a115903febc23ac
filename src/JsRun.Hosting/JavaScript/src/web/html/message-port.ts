// HTML: MessageChannel and MessagePort, within one context. Each message is a task of its own.
import { Event } from '../dom/event.ts';
import { defineEventHandler } from '../dom/event-handler.ts';
import { EventTarget, fire } from '../dom/event-target.ts';
import { cloneWithTransfer } from '../structured-clone/structured-clone.ts';
import { fail, transferables } from '../structured-clone/transferable.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, illegalConstructor, requireArguments, sequence } from '../webidl/interface.ts';
import { MessageEvent } from './message-event.ts';
import { queueTask } from './tasks.ts';

interface Message { data: unknown; ports: MessagePort[] }

let creating = false;
let createPort: () => MessagePort;
let entangle: (a: MessagePort, b: MessagePort) => void;

export class MessagePort extends EventTarget {
  #other: MessagePort | undefined;
  #queue: Message[] = [];
  #started = false;
  #closed = false;
  #detached = false;

  constructor() {
    if (!creating) illegalConstructor();
    super();
  }

  static {
    createPort = () => {
      creating = true;
      try { return new MessagePort(); } finally { creating = false; }
    };

    entangle = (a, b) => {
      a.#other = b;
      b.#other = a;
    };

    transferables.push({
      is: (value) => #other in value,
      check(value) {
        if ((value as MessagePort).#detached) fail('A detached MessagePort');
      },
      move: (value) => (value as MessagePort).#move(),
    });
  }

  postMessage(message: unknown, options: unknown = undefined): void {
    const other = this.#other;
    requireArguments(arguments.length, 1, 'MessagePort.postMessage');
    const transfer = transferOf(options);
    if (transfer.includes(this)) throw new DOMException('A port cannot be posted through itself', 'DataCloneError');
    const isOtherTransferred = other !== undefined && transfer.includes(other);
    const { value, transferred } = cloneWithTransfer(message, transfer);
    if (this.#other === undefined || isOtherTransferred) return;
    this.#other.#queue.push({ data: value, ports: transferred.filter((item) => item instanceof MessagePort) });
    this.#other.#schedule();
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (let i = this.#queue.length; i > 0; i--) this.#schedule();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = this.#detached = true;
    const other = this.#other;
    this.#other = undefined;
    if (other === undefined) return;
    other.#other = undefined;
    queueTask(() => {
      if (other.#closed) return;
      other.#closed = true;
      fire(other, new Event('close'));
    });
  }

  #schedule(): void {
    if (!this.#started) return;
    queueTask(() => {
      if (this.#detached || this.#closed) return;
      const message = this.#queue.shift();
      if (message !== undefined) fire(this, new MessageEvent('message', message));
    });
  }

  /** The port that takes this one's place. */
  #move(): MessagePort {
    const port = createPort();
    port.#queue = this.#queue;
    port.#closed = this.#closed;
    if (this.#other !== undefined) entangle(port, this.#other);
    this.#other = undefined;
    this.#queue = [];
    this.#detached = true;
    return port;
  }
}
const is = (value: unknown) => value instanceof MessagePort;
defineEventHandler(MessagePort.prototype, 'message', { is, afterSet: (port) => { (port as MessagePort).start(); } });
defineEventHandler(MessagePort.prototype, 'messageerror', { is });
defineEventHandler(MessagePort.prototype, 'close', { is });
defineInterface(MessagePort, 'MessagePort');

export class MessageChannel {
  #port1 = createPort();
  #port2 = createPort();

  constructor() { entangle(this.#port1, this.#port2); }

  get port1(): MessagePort { return this.#port1; }
  get port2(): MessagePort { return this.#port2; }
}
defineInterface(MessageChannel, 'MessageChannel');

function transferOf(options: unknown): unknown[] {
  if (options === undefined || options === null) return [];
  if (typeof (options as Iterable<unknown>)[Symbol.iterator] === 'function') return sequence(options, 'MessagePort.postMessage: transfer');
  const { transfer } = options as { transfer?: unknown };
  return transfer === undefined ? [] : sequence(transfer, 'MessagePort.postMessage: transfer');
}
