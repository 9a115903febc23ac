// V8 asks this for an error's `stack`, when that is first read. A script may put its own function in its place, as it may anywhere.
import { defineProperty, NativeError } from '../kernel/intrinsics.ts';
import { type CallSite, format } from './format.ts';

const prepare = (error: unknown, sites: readonly CallSite[]): string => format(error, sites);

defineProperty(NativeError, 'prepareStackTrace', { __proto__: null, value: prepare, writable: true, configurable: true } as PropertyDescriptor);
