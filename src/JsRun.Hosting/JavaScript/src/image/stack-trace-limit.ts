// Error.stackTraceLimit appears when an image is restored; an error that holds a stack cannot be part of one. What the top level assigns is kept for then.
import { defineProperty } from '../kernel/intrinsics.ts';
import { whenLive } from '../kernel/late.ts';
import { deleteProperty } from '../linker/intrinsics.ts';
import { fault } from './fault.ts';

const NativeError = Error as ErrorConstructor & { stackTraceLimit?: unknown };
const DEFAULT = 10;

let limit: unknown = DEFAULT;

export function trapStackTraceLimit(): void {
  defineProperty(NativeError, 'stackTraceLimit', {
    __proto__: null,
    get: () => limit,
    set(value: unknown) { limit = value; },
    enumerable: true,
    configurable: true,
  } as PropertyDescriptor);
}

export function releaseStackTraceLimit(): void {
  if (!deleteProperty(NativeError, 'stackTraceLimit')) fault('locks Error.stackTraceLimit');
  if (limit !== DEFAULT) whenLive(() => { defineProperty(NativeError, 'stackTraceLimit', { __proto__: null, value: limit, writable: true, enumerable: true, configurable: true } as PropertyDescriptor); });
}
