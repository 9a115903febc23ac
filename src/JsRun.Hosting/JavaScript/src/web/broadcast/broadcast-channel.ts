// HTML: BroadcastChannel, between the contexts of one pool group in this process.
import { onEntry } from '../../kernel/entries.ts';
import { host } from '../../kernel/host.ts';
import { perInstance } from '../../kernel/instances.ts';
import { createTable } from '../../kernel/intrinsics.ts';
import { BroadcastStep, EntryOp, HostOp, REFUSED } from '../../kernel/ops.ts';
import { baseUrl } from '../url/base-url.ts';
import { defineEventHandler } from '../dom/event-handler.ts';
import { EventTarget, fire } from '../dom/event-target.ts';
import { MessageEvent } from '../html/message-event.ts';
import { structuredClone } from '../structured-clone/structured-clone.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { decodeMessage, encodeMessage } from './message-text.ts';

const channels = createTable<BroadcastChannel>();
let last = 0;
/** The channels that an instance has not closed. */
const open = perInstance(() => new Set<BroadcastChannel>(), (channels) => { for (const channel of channels) channel.close(); });

export class BroadcastChannel extends EventTarget {
  readonly #id = ++last;
  readonly #name: string;
  #closed = false;
  readonly #open: Set<BroadcastChannel>;

  constructor(name: string) {
    requireArguments(arguments.length, 1, 'BroadcastChannel');
    super();
    this.#name = `${name}`;
    if (host(HostOp.Broadcast, BroadcastStep.Open, this.#id, this.#name) === REFUSED) {
      throw new DOMException('BroadcastChannel: the names of all open channels are longer than JsRun:Limits:MaxBroadcastLength', 'QuotaExceededError');
    }
    channels[this.#id] = this;
    this.#open = open().add(this);
  }

  static {
    onEntry(EntryOp.Broadcast, (id: number, message: string) => {
      const channel = channels[id];
      if (channel === undefined || channel.#closed) return;
      let event: MessageEvent;
      try {
        event = new MessageEvent('message', { data: decodeMessage(message), origin: baseUrl()?.origin ?? '' });
      } catch {
        event = new MessageEvent('messageerror');
      }
      fire(channel, event);
    });
  }

  get name(): string { return this.#name; }

  postMessage(message: unknown): void {
    requireArguments(arguments.length, 1, 'BroadcastChannel.postMessage');
    if (this.#closed) throw new DOMException('BroadcastChannel.postMessage: the channel is closed', 'InvalidStateError');
    if (host(HostOp.Broadcast, BroadcastStep.Post, this.#id, encodeMessage(structuredClone(message))) === REFUSED) {
      throw new DOMException('BroadcastChannel.postMessage: the message is longer than JsRun:Limits:MaxBroadcastLength', 'DataCloneError');
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    delete channels[this.#id];
    this.#open.delete(this);
    host(HostOp.Broadcast, BroadcastStep.Close, this.#id);
  }
}
const is = (value: unknown) => value instanceof BroadcastChannel;
for (const type of ['message', 'messageerror']) defineEventHandler(BroadcastChannel.prototype, type, { is });
defineInterface(BroadcastChannel, 'BroadcastChannel');
