// The crossing of a WebSocket: its operations in the host, and the events that the host sends.
import { onEntry } from '../../kernel/entries.ts';
import { host } from '../../kernel/host.ts';
import { createTable, NativeUint8Array } from '../../kernel/intrinsics.ts';
import { EntryOp, HostOp, REFUSED, SocketEvent, SocketStep } from '../../kernel/ops.ts';
import { openTransfer, receiveAt, stage } from '../../kernel/transfer.ts';

export interface SocketListener {
  opened(protocol: string): void;
  text(text: string): void;
  bytes(bytes: Uint8Array<ArrayBuffer>): void;
  sent(size: number): void;
  failed(message: string): void;
  closed(code: number, reason: string, clean: boolean): void;
}

const sockets = createTable<HostSocket>();
let last = 0;

export class HostSocket {
  readonly #id = ++last;
  readonly #listener: SocketListener;

  constructor(url: string, protocols: string, listener: SocketListener) {
    this.#listener = listener;
    sockets[this.#id] = this;
    host(HostOp.Socket, SocketStep.Open, this.#id, url, protocols);
  }

  static {
    onEntry(EntryOp.Socket, (id: number, what: SocketEvent, a: any, b: any, c: any) => {
      const socket = sockets[id];
      if (socket !== undefined) socket.#told(what, a, b, c);
    });
  }

  #told(what: SocketEvent, a: any, b: any, c: any): void {
    const listener = this.#listener;
    switch (what) {
      case SocketEvent.Opened: return listener.opened(a);
      case SocketEvent.Text: return listener.text(a);
      case SocketEvent.Bytes: return listener.bytes(this.#read(a));
      case SocketEvent.Sent: return listener.sent(a);
      case SocketEvent.Failed: return listener.failed(a);
      case SocketEvent.Closed:
        delete sockets[this.#id];
        listener.closed(a, b, c);
    }
  }

  #read(size: number): Uint8Array<ArrayBuffer> {
    const bytes = new NativeUint8Array(size);
    openTransfer();
    for (let at = 0; at < size;) {
      const part = host(HostOp.Socket, SocketStep.Read, this.#id) as number;
      receiveAt(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  /** Returns false if too much waits to be sent already. */
  send(data: string | Uint8Array): boolean {
    if (typeof data === 'string') return host(HostOp.Socket, SocketStep.SendText, this.#id, data) !== REFUSED;
    openTransfer();
    stage(data);
    return host(HostOp.Socket, SocketStep.SendBytes, this.#id) !== REFUSED;
  }

  close(code: number, reason: string): void { host(HostOp.Socket, SocketStep.Close, this.#id, code, reason); }
}
