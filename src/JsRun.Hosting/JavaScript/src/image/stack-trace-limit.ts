// Error.stackTraceLimit appears when an image is restored. An error that holds frames cannot be part of one; with a limit of 0 it holds none, and its stack says what it is. What the
// top level assigns is kept for the contexts that come from the image.
import { defineProperty, descriptorOf } from '../kernel/intrinsics.ts';
import { whenLive } from '../kernel/late.ts';
import { deleteProperty } from '../linker/intrinsics.ts';
import { fault } from './fault.ts';

const NativeError = Error;
const KEY = 'stackTraceLimit';

// V8 asks for a property with a value and calls no getter.
const withValue = (value: unknown): PropertyDescriptor => ({ __proto__: null, value, writable: true, enumerable: true, configurable: true }) as PropertyDescriptor;

export function trapStackTraceLimit(): void { defineProperty(NativeError, KEY, withValue(0)); }

export function releaseStackTraceLimit(): void {
  const limit = descriptorOf(NativeError, KEY);
  if (!deleteProperty(NativeError, KEY)) fault('locks Error.stackTraceLimit');
  if (limit !== undefined && 'value' in limit && limit.value !== 0) whenLive(() => { defineProperty(NativeError, KEY, withValue(limit.value)); });
}
