// V8 calls Error.prepareStackTrace when an error's `stack` is first read. A script may replace it, as it may in Node.js.
import { defineProperty, NativeError } from '../kernel/intrinsics.ts';
import { type CallSite, format } from './format.ts';

// A method keeps its name when it is bundled.
const { prepareStackTrace } = { prepareStackTrace: (error: unknown, sites: readonly CallSite[]): string => format(error, sites) };

defineProperty(NativeError, 'prepareStackTrace', { __proto__: null, value: prepareStackTrace, writable: true, configurable: true } as PropertyDescriptor);
