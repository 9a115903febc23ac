// Finds the handler of requests in a module's exports, and describes the mistake in a module that has none. The exports are the author's: reading them can run, and throw, anything.
import { isArray, ownKeys, test, uncurry } from '../kernel/intrinsics.ts';

export interface Handler { fetch: (...args: unknown[]) => unknown; self: unknown }

/** The shape of a module that handles requests. */
export const HANDLES = 'fetch';

const sourceOf = uncurry(Function.prototype.toString) as (of: object) => string;
const aClass = /^class\b/;
const byName = ['fetch', 'handler', 'handle', 'onRequest', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const MOST_NAMED = 5;
const write = 'Write "export default { fetch(request, env, ctx) { … } }".';

let listens = (): boolean => false;

/** Sets the function that finds out whether the top level listens for fetch events, as service workers do. */
export function findListeners(find: () => boolean): void { listens = find; }

/** The default export's method `fetch`, or the default export itself if it is a function. */
export function handlerOf(namespace: object | undefined): Handler | undefined {
  const self = (namespace as { default?: unknown } | undefined)?.default as { fetch?: unknown } | null | undefined;
  const fetch = self?.fetch;
  if (typeof fetch === 'function') return { fetch: fetch as Handler['fetch'], self };
  return typeof self === 'function' && !test(aClass, sourceOf(self)) ? { fetch: self as Handler['fetch'], self: undefined } : undefined;
}

/** Returns HANDLES, an empty text for a library, or a description of the mistake. */
export function shapeOf(namespace: object | undefined): string {
  try {
    return handlerOf(namespace) !== undefined ? HANDLES : mistake(namespace as Record<string, unknown>);
  } catch {
    return '';
  }
}

function mistake(exports: Record<string, unknown>): string {
  const given: unknown = exports.default;
  if (typeof given === 'function') return 'its default export is a class. Export an instance of it, such as "export default new Name()".';
  if (typeof given === 'object' && given !== null && !isArray(given)) return `its default export is an object without a method named fetch${keysOf(given)}. ${write}`;
  if (given === undefined) {
    let named = '';
    for (let i = 0; i < byName.length; i++) if (typeof exports[byName[i]!] === 'function') named += `${named === '' ? '' : ', '}${byName[i]}`;
    if (named !== '') return `it exports ${named} by name, and only a default export serves. ${write} For one method only, look at request.method there.`;
    if (listens()) return `it listens for the event "fetch", which does not exist here. ${write}`;
  }
  return '';
}

function keysOf(object: object): string {
  const keys = ownKeys(object);
  let text = '';
  for (let i = 0; i < keys.length && i < MOST_NAMED; i++) if (typeof keys[i] === 'string') text += `${text === '' ? ' (it has ' : ', '}${keys[i] as string}`;
  return text === '' ? '' : `${text})`;
}
