// Error.stackTraceLimit appears when an image is restored. An error that holds frames cannot be part of one; with a limit of 0 it holds none, and its stack says what it is. What the
// top level assigns is kept for the contexts that come from the image.
import { defineProperty, descriptorOf } from '../kernel/intrinsics.ts';
import { whenLive } from '../kernel/when-live.ts';
import { deleteProperty } from '../linker/intrinsics.ts';
import { fault } from './fault.ts';

const NativeError = Error;
const KEY = 'stackTraceLimit';
const DEFAULT = 10;

// V8 asks for a property with a value and calls no getter.
const withValue = (value: unknown): PropertyDescriptor => ({ __proto__: null, value, writable: true, enumerable: true, configurable: true }) as PropertyDescriptor;

let limit: unknown;

/** @param ofFunction whether it is the image of a function; what scripts see while a snapshot is built is docs/snapshots.md's: no stack at all. */
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
