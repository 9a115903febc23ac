import { EventTarget } from '../dom/event-target.ts';
import { type Instance, perInstance } from '../../kernel/instances.ts';
import { host } from '../../kernel/host.ts';
import { HostOp } from '../../kernel/ops.ts';
import { defineInterface, illegalConstructor } from '../webidl/interface.ts';

let creating = false;

export let isPerformance: (value: unknown) => boolean;

/** Milliseconds since the time origin. */
export const now = (): number => host(HostOp.Now) as number;

export class Performance extends EventTarget {
  #brand = true;

  constructor() {
    if (!creating) illegalConstructor();
    super();
  }

  static {
    isPerformance = (value) => typeof value === 'object' && value !== null && #brand in value;
  }

  // Read each time, because a context from an image has a time origin of its own.
  get timeOrigin(): number {
    void this.#brand;
    return host(HostOp.TimeOrigin) as number;
  }

  now(): number {
    void this.#brand;
    return now();
  }

  toJSON(): { timeOrigin: number } { return { timeOrigin: this.timeOrigin }; }
}
defineInterface(Performance, 'Performance');

/** An object of its own for each instance, because it has listeners. */
export const performanceOf: (of?: Instance) => Performance = perInstance(() => {
  creating = true;
  try {
    return new Performance();
  } finally {
    creating = false;
  }
});
