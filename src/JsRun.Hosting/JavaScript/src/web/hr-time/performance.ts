import { EventTarget } from '../dom/event-target.ts';
import { host } from '../../kernel/host.ts';
import { HostOp } from '../../kernel/ops.ts';
import { defineInterface, illegalConstructor } from '../webidl/interface.ts';

let creating = true;

export class Performance extends EventTarget {
  #origin: number | undefined;

  constructor() {
    if (!creating) illegalConstructor();
    super();
  }

  get timeOrigin(): number { return this.#origin ??= host(HostOp.TimeOrigin) as number; }

  now(): number {
    void this.#origin;
    return host(HostOp.Now) as number;
  }

  toJSON(): { timeOrigin: number } { return { timeOrigin: this.#origin ??= host(HostOp.TimeOrigin) as number }; }
}
defineInterface(Performance, 'Performance');

export const performance = new Performance();
creating = false;
