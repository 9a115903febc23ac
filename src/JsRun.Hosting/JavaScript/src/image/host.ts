// Stands in for the host while an image is built. Operations that can be done later are kept, those that end the evaluation are passed on, and every other operation is a reason against the image.
import { HANDLES } from '../linker/handler.ts';
import { type HostFunction } from '../kernel/host.ts';
import { NativeTypeError } from '../kernel/intrinsics.ts';
import { HostOp } from '../kernel/ops.ts';
import { append, list } from '../linker/intrinsics.ts';
import { fault } from './fault.ts';

const deeds = { __proto__: null } as unknown as Record<number, string | undefined>;
deeds[HostOp.TimerStart] = 'starts a timer';
deeds[HostOp.Now] = 'reads the clock';
deeds[HostOp.TimeOrigin] = 'reads the clock';
deeds[HostOp.Transfer] = 'asks for random values, or has the host work on bytes';
deeds[HostOp.RandomUuid] = 'asks for random values';
deeds[HostOp.Fetch] = 'calls fetch';
deeds[HostOp.ModuleLoad] = 'imports a module that is known at run time only';
deeds[HostOp.Report] = 'reports an error';
deeds[HostOp.HostEnvironment] = 'reads process.env';

interface Line { level: number; text: string }

export interface Outcome { error: string | undefined; handles: boolean }

/** The console lines of the top level: every context that comes from the image writes them again. */
export const lines = list<Line>();

/** How the evaluation ended, once it has. */
export let outcome: Outcome | undefined;

/** The tables, which a live context gets from the host. */
let tables: Record<string, string> | undefined;

export function keepTables(given: Record<string, string> | undefined): void { tables = given; }

export const absentHost: HostFunction = (op: HostOp, ...args: unknown[]) => {
  switch (op) {
    case HostOp.ModuleDone:
      outcome = { error: args[1] as string | undefined, handles: args[2] === HANDLES };
      return undefined;
    case HostOp.Log:
      append(lines, { level: args[0] as number, text: args[1] as string });
      return undefined;
    case HostOp.Table:
      return tables?.[args[0] as string];
    case HostOp.TimerStop:
      return undefined;
    default: {
      const deed = deeds[op] ?? `calls the host (operation ${op})`;
      fault(deed);
      throw new NativeTypeError(`There is no host while an image is built: the top level ${deed}`);
    }
  }
};
