// Fetch: Headers.
import { ownKeys, propertyIsEnumerable, uncurry } from '../../kernel/intrinsics.ts';
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { mixinPairIterable } from '../webidl/pair-iterator.ts';
import { HeaderList } from './header-list.ts';
import { cleanValue, headerName, headerValue, isByteString, lowerName, refuseName, refuseValue } from './header-syntax.ts';

/** Server runtimes let scripts set every header, so the guard "immutable" is the only one of the standard that has an effect. */
export type Guard = 'none' | 'immutable';

export let headersOf: (list: HeaderList, guard: Guard) => Headers;
export let listOf: (headers: Headers) => HeaderList;
export let isHeaders: (value: unknown) => value is Headers;

const isEnumerable = uncurry(propertyIsEnumerable) as (target: object, key: PropertyKey) => boolean;

export class Headers {
  #list: HeaderList;
  #guard: Guard = 'none';

  constructor(init: HeadersInit | HeaderList | undefined = undefined) {
    if (HeaderList.is(init)) {
      this.#list = init;
    } else {
      this.#list = new HeaderList();
      if (init !== undefined) fillHeaders(this.#list, init);
    }
  }

  static {
    headersOf = (list, guard) => {
      const headers = new Headers(list);
      headers.#guard = guard;
      return headers;
    };
    listOf = (headers) => headers.#list;
    isHeaders = (value): value is Headers => typeof value === 'object' && value !== null && #list in value;
  }

  append(name: string, value: string): void {
    requireArguments(arguments.length, 2, 'Headers.append');
    const written = `${name}`;
    const [lower, text] = [headerName(written, 'Headers.append'), headerValue(value, 'Headers.append')];
    this.#changing().append(lower, text, written);
  }

  delete(name: string): void {
    requireArguments(arguments.length, 1, 'Headers.delete');
    const lower = headerName(name, 'Headers.delete');
    this.#changing().delete(lower);
  }

  get(name: string): string | null {
    requireArguments(arguments.length, 1, 'Headers.get');
    return this.#list.get(headerName(name, 'Headers.get'));
  }

  getSetCookie(): string[] { return this.#list.all('set-cookie'); }

  has(name: string): boolean {
    requireArguments(arguments.length, 1, 'Headers.has');
    return this.#list.has(headerName(name, 'Headers.has'));
  }

  set(name: string, value: string): void {
    requireArguments(arguments.length, 2, 'Headers.set');
    const written = `${name}`;
    const [lower, text] = [headerName(written, 'Headers.set'), headerValue(value, 'Headers.set')];
    this.#changing().set(lower, text, written);
  }

  #changing(): HeaderList {
    if (this.#guard === 'immutable') throw new TypeError('These headers are immutable: copy them with new Headers(headers)');
    return this.#list;
  }
}
mixinPairIterable(Headers, 'Headers', (value) => { listOf(value as Headers); }, (headers) => listOf(headers).sorted);
defineInterface(Headers, 'Headers');

export type HeadersInit = Iterable<Iterable<string>> | Record<string, string>;

/** Appends what an init holds: a sequence of pairs, or a record. */
export function fillHeaders(list: HeaderList, init: HeadersInit): void {
  if (typeof init !== 'object' && typeof init !== 'function' || init === null) throw new TypeError('Headers: the init is neither an object nor a sequence of pairs');
  const iterator = (init as Iterable<Iterable<string>>)[Symbol.iterator] as unknown;
  if (iterator === undefined || iterator === null) fillFromRecord(list, init as Record<string, string>);
  else if (isHeaders(init) && iterator === Headers.prototype[Symbol.iterator as never]) fillFromHeaders(list, init);
  else fillFromSequence(list, init as Iterable<Iterable<string>>, iterator);
}

function fillFromHeaders(list: HeaderList, headers: Headers): void {
  const from = listOf(headers);
  for (const [name, value] of from.sorted) list.append(name, value, from.written(name));
}

function fillFromSequence(list: HeaderList, init: Iterable<Iterable<string>>, iterator: unknown): void {
  if (typeof iterator !== 'function') throw new TypeError('Headers: the init is neither an object nor a sequence of pairs');
  const pairs: string[] = [];
  for (const entry of init) {
    if (typeof entry !== 'object' && typeof entry !== 'function' || entry === null) throw new TypeError('Headers: a member of the init is not a pair of name and value');
    const pair = [...entry];
    if (pair.length !== 2) throw new TypeError(`Headers: a member of the init has ${pair.length} items instead of name and value`);
    pairs.push(`${pair[0]}`, `${pair[1]}`);
  }
  for (let i = 0; i < pairs.length; i += 2) list.append(headerName(pairs[i], 'Headers'), headerValue(pairs[i + 1], 'Headers'), pairs[i]);
}

/**
 * Converts to a record in WebIDL's order, which traps of a proxy can observe: all values are read before the first is checked, and the conversion stops only at a value that is not a byte
 * string.
 */
function fillFromRecord(list: HeaderList, init: Record<string, string>): void {
  const keys = ownKeys(init);
  let refuse: (() => never) | undefined;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (!isEnumerable(init, key)) continue;
    if (typeof key === 'symbol') throw new TypeError('Headers: a symbol cannot be a header name');
    const name = lowerName(key);
    if (name === undefined && !isByteString(key)) refuseName(key, 'Headers');
    const given: unknown = init[key];
    const text = typeof given === 'string' ? given : `${given as string}`;
    const value = cleanValue(text);
    if (value === undefined && !isByteString(text)) refuseValue('Headers');
    if (name === undefined) refuse ??= () => refuseName(key, 'Headers');
    else if (value === undefined) refuse ??= () => refuseValue(`Headers: ${key}`);
    else list.append(name, value, key);
  }
  refuse?.();
}
