// A lease is the time that one request may use its context: until its response and all of its waitUntil promises have ended. Then the host receives LeaseSettled, once.
import { errorText } from '../kernel/errors.ts';
import { host } from '../kernel/host.ts';
import { createTable, NativeTypeError, settle } from '../kernel/intrinsics.ts';
import { AbortKind, HostOp, ReportKind } from '../kernel/ops.ts';
import { closeConsole } from '../web/console/output.ts';
import { AbortController, type AbortSignal, isAwaited, signalAbort } from '../web/dom/abort-signal.ts';
import { DOMException } from '../web/webidl/dom-exception.ts';

const leases = createTable<Lease>();
export const leaseOf = (id: number): Lease | undefined => leases[id];

export class Lease {
  readonly id: number;
  /** Made when the request's signal is first read: most requests never read it. */
  #controller: AbortController | undefined;
  #aborted = false;
  #stopped = false;
  /** How many things hold the lease: the response, and each waitUntil promise that has not settled. */
  #open = 1;
  #stop: ((reason: unknown) => void) | undefined;
  #reason: unknown;

  constructor(id: number) {
    this.id = id;
    leases[id] = this;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) signalAbort(this.#controller.signal, this.#reason);
    }
    return this.#controller.signal;
  }

  waitUntil(promise: unknown): void {
    if (this.#open === 0 || leases[this.id] !== this) throw new NativeTypeError('ctx.waitUntil: the request has ended; call it before the response is complete and all earlier promises have settled');
    this.#open++;
    host(HostOp.WaitUntil, this.id);
    settle(promise, () => { this.close(); }, (reason) => {
      host(HostOp.Report, ReportKind.UnhandledRejection, errorText(reason));
      this.close();
    });
  }

  /** One of the things that hold the lease has ended. */
  close(): void {
    if (--this.#open === 0 && leases[this.id] === this) host(HostOp.LeaseSettled, this.id);
  }

  /** The response is a stream, which `stop` cancels. */
  streaming(stop: (reason: unknown) => void): void {
    this.#stop = stop;
    if (this.#stopped) stop(this.#reason);
  }

  /** Only the first reason counts. If the request goes on, its response is not cancelled. */
  abort(kind: AbortKind, message: string, goesOn: boolean): void {
    if (!this.#aborted) {
      this.#reason = new DOMException(message, kind === AbortKind.TimedOut ? 'TimeoutError' : 'AbortError');
      this.#aborted = true;
      if (this.#controller !== undefined) signalAbort(this.#controller.signal, this.#reason);
    }
    if (goesOn || this.#stopped) return;
    this.#stopped = true;
    this.#stop?.(this.#reason);
  }

  /** Whether something waits for its signal to abort. */
  get isAwaited(): boolean { return this.#controller !== undefined && isAwaited(this.#controller.signal); }

  release(): void {
    closeConsole(this.id);
    if (leases[this.id] === this) delete leases[this.id];
  }
}
