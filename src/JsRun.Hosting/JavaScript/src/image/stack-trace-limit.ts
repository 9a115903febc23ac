// Error.stackTraceLimit is missing until an image is restored. An error that holds stack frames cannot be part of an image, so the limit is 0 while one is built. A value that the top level
// assigns is kept for the contexts that come from the image.
import { defineProperty, descriptorOf } from '../kernel/intrinsics.ts';
import { whenLive } from '../kernel/when-live.ts';
import { deleteProperty } from '../linker/intrinsics.ts';
import { fault } from './fault.ts';

const NativeError = Error;
const KEY = 'stackTraceLimit';
const DEFAULT = 10;

// V8 reads a data property only, and calls no getter.
const withValue = (value: unknown): PropertyDescriptor => ({ __proto__: null, value, writable: true, enumerable: true, configurable: true }) as PropertyDescriptor;

let limit: unknown;

/** @param ofFunction whether it is the image of a function; while a snapshot is built, errors have no stack (docs/snapshots.md) */
export function trapStackTraceLimit(ofFunction: boolean): void {
  if (ofFunction) {
    defineProperty(NativeError, KEY, withValue(0));
    return;
  }
  limit = DEFAULT;
  defineProperty(NativeError, KEY, { __proto__: null, get: () => limit, set(value: unknown) { limit = value; }, enumerable: true, configurable: true } as PropertyDescriptor);
}

export function releaseStackTraceLimit(): void {
  const own = descriptorOf(NativeError, KEY);
  if (!deleteProperty(NativeError, KEY)) fault('locks Error.stackTraceLimit');
  const set = own !== undefined && 'value' in own ? own.value : limit;
  if (set !== undefined && set !== 0 && set !== DEFAULT) whenLive(() => { defineProperty(NativeError, KEY, withValue(set)); });
}
