import { inspect, format, formatWithOptions, stripVTControlCharacters } from './lib/inspect.js';
import { invalidArgument, plainError, requireFunction } from './lib/errors.js';
import { parseArgs } from './lib/parse-args.js';
import { systemErrorMap, systemErrorMessage, systemErrorName } from './lib/system-errors.js';
import { process } from './lib/process.js';
import * as types from './lib/types.js';
import comparisons from 'assert/build/internal/util/comparisons.js';

export { inspect, format, formatWithOptions, stripVTControlCharacters, types, parseArgs };
export const { TextEncoder, TextDecoder } = globalThis;
export const isDeepStrictEqual = (a, b) => comparisons.isDeepStrictEqual(a, b);

export function inherits(constructor, superConstructor) {
  requireFunction(constructor, 'ctor');
  requireFunction(superConstructor, 'superCtor');
  if (superConstructor.prototype === undefined) throw invalidArgument('superCtor.prototype', 'of type object', superConstructor.prototype);
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

const custom = Symbol.for('nodejs.util.promisify.custom');
const argumentNames = Symbol.for('nodejs.util.promisify.customArgs');

export function promisify(original) {
  requireFunction(original, 'original');
  if (original[custom] !== undefined) {
    requireFunction(original[custom], 'util.promisify.custom');
    return Object.defineProperty(original[custom], custom, { value: original[custom], configurable: true });
  }
  const names = original[argumentNames];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) reject(error);
        else if (names !== undefined && values.length > 1) resolve(Object.fromEntries(names.map((name, i) => [name, values[i]])));
        else resolve(values[0]);
      }]);
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, custom, { value: fn, configurable: true });
  return Object.defineProperties(fn, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = custom;

export function callbackify(original) {
  requireFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    requireFunction(callback, 'last argument');
    Reflect.apply(original, this, args).then(
      (value) => { process.nextTick(callback, null, value); },
      (reason) => { process.nextTick(callback, reason || plainError('ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value', { reason })); },
    );
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length?.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name?.value === 'string') descriptors.name.value += 'Callbackified';
  return Object.defineProperties(callbackified, descriptors);
}

const warned = new Set();

export function deprecate(fn, message, code) {
  if (process.noDeprecation === true) return fn;
  let told = false;
  function deprecated(...args) {
    if (!told && !(code !== undefined && warned.has(code))) {
      told = true;
      if (code !== undefined) warned.add(code);
      process.emitWarning(message, 'DeprecationWarning', code, deprecated);
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

export function debuglog(section, ready) {
  let enabled;
  const name = section.toUpperCase();
  const test = () => enabled ??= `,${process.env.NODE_DEBUG ?? ''},`.toUpperCase().split(/[\s,]+/).some((pattern) => pattern !== '' && new RegExp(`^${pattern.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*')}$`).test(name));
  const log = (...args) => { if (test()) console.error(`${name} ${process.pid}: ${format(...args)}`); };
  Object.defineProperty(log, 'enabled', { get: test, enumerable: true, configurable: true });
  ready?.(log);
  return log;
}
export { debuglog as debug };

export function aborted(signal, resource) {
  if (!(signal instanceof AbortSignal)) return Promise.reject(invalidArgument('signal', 'an instance of AbortSignal', signal));
  if (resource === null || typeof resource !== 'object' && typeof resource !== 'function') return Promise.reject(invalidArgument('resource', 'an object', resource));
  return signal.aborted ? Promise.resolve() : new Promise((resolve) => { signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
}

export const toUSVString = (value) => `${value}`.toWellFormed();
export const getSystemErrorName = systemErrorName;
export const getSystemErrorMap = systemErrorMap;
export const getSystemErrorMessage = systemErrorMessage;

export function styleText(styles, text) {
  let result = `${text}`;
  for (const style of [styles].flat()) {
    if (style === 'none') continue;
    const codes = inspect.colors[style];
    if (codes === undefined) throw invalidArgument('format', `one of: ${Object.keys(inspect.colors).join(', ')}`, style);
    result = `\u001B[${codes[0]}m${result}\u001B[${codes[1]}m`;
  }
  return result;
}

export function parseEnv(content) {
  const values = {};
  for (const [, key, given = ''] of `${content}`.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*("(?:\\.|[^"])*"|'[^']*'|`[^`]*`|[^#\r\n]*)/gm)) {
    const quote = /^(["'`])([^]*)\1$/.exec(given.trim());
    values[key] = quote === null ? given.trim() : quote[1] === '"' ? quote[2].replaceAll('\\n', '\n') : quote[2];
  }
  return values;
}

export class MIMEParams {
  #params = new Map();

  delete(name) { this.#params.delete(name); }
  get(name) { return this.#params.get(name) ?? null; }
  has(name) { return this.#params.has(name); }
  set(name, value) { this.#params.set(`${name}`.toLowerCase(), `${value}`); }
  * entries() { yield* this.#params.entries(); }
  * keys() { yield* this.#params.keys(); }
  * values() { yield* this.#params.values(); }
  toString() { return [...this.#params].map(([key, value]) => `${key}=${/^[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`).join(';'); }
  [Symbol.iterator]() { return this.entries(); }
}

export class MIMEType {
  type;
  subtype;
  params = new MIMEParams();

  constructor(input) {
    const found = /^\s*([\w!#$%&'*+.^`|~-]+)\/([\w!#$%&'*+.^`|~-]+)\s*((?:;[^]*)?)$/.exec(`${input}`);
    if (found === null) throw Object.assign(new TypeError(`The MIME syntax for a MIME type in "${input}" is invalid`), { code: 'ERR_INVALID_MIME_SYNTAX' });
    this.type = found[1].toLowerCase();
    this.subtype = found[2].toLowerCase();
    for (const [, key, quoted, plain] of found[3].matchAll(/;\s*([^=;\s]+)=(?:"((?:\\.|[^"])*)"|([^;\s]*))/g)) if (!this.params.has(key.toLowerCase())) this.params.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain);
  }

  get essence() { return `${this.type}/${this.subtype}`; }
  toString() { return `${this.essence}${[...this.params].length > 0 ? `;${this.params}` : ''}`; }
  toJSON() { return this.toString(); }
}

export const isArray = Array.isArray;
export const isBoolean = (value) => typeof value === 'boolean';
export const isBuffer = (value) => value?.constructor?.isBuffer?.(value) === true;
export const isDate = types.isDate;
export const isError = types.isNativeError;
export const isFunction = (value) => typeof value === 'function';
export const isNull = (value) => value === null;
export const isNullOrUndefined = (value) => value === null || value === undefined;
export const isNumber = (value) => typeof value === 'number';
export const isObject = (value) => value !== null && typeof value === 'object';
export const isPrimitive = (value) => value === null || typeof value !== 'object' && typeof value !== 'function';
export const isRegExp = types.isRegExp;
export const isString = (value) => typeof value === 'string';
export const isSymbol = (value) => typeof value === 'symbol';
export const isUndefined = (value) => value === undefined;
export const _extend = (target, source) => source !== null && typeof source === 'object' ? Object.assign(target, source) : target;
export const log = (...args) => { console.log('%s', format(...args)); };
export const getCallSites = (count = 10) => (new Error().stack ?? '').split('\n').slice(2, 2 + count).map((line) => {
  const found = /at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(line);
  return { functionName: found?.[1] ?? '', scriptName: found?.[2] ?? '', lineNumber: Number(found?.[3] ?? 0), columnNumber: Number(found?.[4] ?? 0), column: Number(found?.[4] ?? 0) };
});

export default {
  inspect, format, formatWithOptions, stripVTControlCharacters, types, parseArgs, TextEncoder, TextDecoder, isDeepStrictEqual, inherits, promisify, callbackify, deprecate, debuglog, debug: debuglog, aborted, toUSVString,
  getSystemErrorName, getSystemErrorMap, getSystemErrorMessage, styleText, parseEnv, MIMEParams, MIMEType, getCallSites, isArray, isBoolean, isBuffer, isDate, isError, isFunction, isNull, isNullOrUndefined, isNumber, isObject, isPrimitive, isRegExp,
  isString, isSymbol, isUndefined, _extend, log,
};
