// Instances. In a hardened context each request has a fresh instance of its function's modules. Everything that a web API remembers on behalf of scripts belongs to one instance; in every other
// context there is a single one. An instance has the number of its operation, which V8 carries along every `await` (frames.ts).
import { carriesFrames, currentFrame } from './frames.ts';
import { createTable, list, NativeTypeError } from './intrinsics.ts';

export interface Instance {
  readonly operation: number;
  /** What perInstance() has made, by the number of its caller. */
  readonly slots: unknown[];
  /** What scripts see as their global object, once it has been made (instance-global.ts). */
  global: object | undefined;
}

const instances = createTable<Instance>();
const endings = list<((instance: Instance) => void) | undefined>();

const makeInstance = (operation: number): Instance => ({ __proto__: null, operation, slots: list<unknown>(), global: undefined }) as Instance;

/** Of trusted code in a hardened context, and of everything in any other. */
const common = makeInstance(0);
common.global = globalThis;

/** Whether each request of this context has an instance of its own. */
export let isHardened = false;

/** From here on each request needs an instance. */
export function useInstances(): void {
  if (!carriesFrames) throw new NativeTypeError("Instances need V8's native layer (JsRun:Engine:Native): without it nobody knows which request the running code belongs to");
  isHardened = true;
}

/** The instance that the running code belongs to. Throws if its request has ended. */
export function currentInstance(): Instance {
  if (!isHardened) return common;
  const operation = currentFrame()?.[0] ?? 0;
  if (operation === 0) return common;
  const instance = instances[operation];
  if (instance === undefined) throw new NativeTypeError('The request has ended');
  return instance;
}

/** The instance of an operation, if its request has not ended. */
export const instanceOf = (operation: number): Instance | undefined => isHardened && operation !== 0 ? instances[operation] : common;

export function openInstance(operation: number): Instance { return instances[operation] = makeInstance(operation); }

/** Ends what the instance has started, and forgets what it has left. */
export function closeInstance(operation: number): void {
  const instance = instances[operation];
  if (instance === undefined) return;
  for (let i = 0; i < endings.length; i++) endings[i]?.(instance);
  delete instances[operation];
}

/**
 * Declares state that belongs to an instance, and returns the function that reads that of the current one.
 * @param make is called when an instance first needs it
 * @param end is called when the instance ends, if it was made
 */
export function perInstance<T extends object>(make: (instance: Instance) => T, end?: (state: T) => void): (of?: Instance) => T {
  const slot = endings.length;
  endings[slot] = end === undefined ? undefined : (instance) => {
    const state = instance.slots[slot] as T | undefined;
    if (state !== undefined) end(state);
  };
  return (instance = currentInstance()) => (instance.slots[slot] ??= make(instance)) as T;
}
