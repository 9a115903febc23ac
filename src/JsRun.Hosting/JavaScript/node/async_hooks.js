import { AsyncLocalStorage, AsyncResource } from 'node:jsrun/host';
import { notImplementedError } from './lib/not-implemented.js';

export { AsyncLocalStorage, AsyncResource };
export const executionAsyncId = () => 1;
export const triggerAsyncId = () => 0;
export const executionAsyncResource = () => ({});
export function createHook() { throw notImplementedError('async_hooks.createHook', 'it would slow down every await. AsyncLocalStorage carries a context along'); }
export const asyncWrapProviders = {};

export default { AsyncLocalStorage, AsyncResource, executionAsyncId, triggerAsyncId, executionAsyncResource, createHook, asyncWrapProviders };
