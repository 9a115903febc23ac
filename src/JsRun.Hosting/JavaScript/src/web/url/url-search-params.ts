// URL: URLSearchParams, alone or as the view of a URL's query.
import { defineInterface, requireArguments } from '../webidl/interface.ts';
import { mixinPairIterable } from '../webidl/pair-iterator.ts';
import { parseUrlencodedString, serializeUrlencoded } from './urlencoded.ts';

type Pair = [name: string, value: string];
const usv = (value: unknown) => `${value as string}`.toWellFormed();

/** The search parameters of a URL's query: `update` receives the changed query, or null for none. */
export let paramsOfQuery: (query: string, update: (query: string | null) => void) => URLSearchParams;
let listOf: (params: URLSearchParams) => Pair[];
export let replaceParams: (params: URLSearchParams, query: string) => void;

export interface URLSearchParams extends Iterable<[string, string]> {
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void;
}

export class URLSearchParams {
  #list: Pair[];
  #update: ((query: string | null) => void) | undefined;

  constructor(init: unknown = '') {
    this.#list = pairsOf(init);
  }

  static {
    paramsOfQuery = (query, update) => {
      const params = new URLSearchParams();
      params.#list = parseUrlencodedString(query);
      params.#update = update;
      return params;
    };
    replaceParams = (params, query) => { params.#list = parseUrlencodedString(query); };
    listOf = (params) => params.#list;
  }

  get size(): number { return this.#list.length; }

  append(name: string, value: string): void {
    const list = this.#list;
    requireArguments(arguments.length, 2, 'URLSearchParams.append');
    list.push([usv(name), usv(value)]);
    this.#changed();
  }

  delete(name: string, value: string | undefined = undefined): void {
    const matches = matcher(this.#list, arguments.length, name, value, 'URLSearchParams.delete');
    // In place: iterators are live.
    for (let i = this.#list.length - 1; i >= 0; i--) if (matches(this.#list[i]!)) this.#list.splice(i, 1);
    this.#changed();
  }

  get(name: string): string | null {
    const matches = matcher(this.#list, arguments.length, name, undefined, 'URLSearchParams.get');
    return this.#list.find(matches)?.[1] ?? null;
  }

  getAll(name: string): string[] {
    const matches = matcher(this.#list, arguments.length, name, undefined, 'URLSearchParams.getAll');
    return this.#list.filter(matches).map((pair) => pair[1]);
  }

  has(name: string, value: string | undefined = undefined): boolean {
    const matches = matcher(this.#list, arguments.length, name, value, 'URLSearchParams.has');
    return this.#list.some(matches);
  }

  set(name: string, value: string): void {
    const list = this.#list;
    requireArguments(arguments.length, 2, 'URLSearchParams.set');
    const [key, text] = [usv(name), usv(value)];
    const first = list.findIndex((pair) => pair[0] === key);
    if (first < 0) {
      list.push([key, text]);
    } else {
      list[first]![1] = text;
      for (let i = list.length - 1; i > first; i--) if (list[i]![0] === key) list.splice(i, 1);
    }
    this.#changed();
  }

  sort(): void {
    this.#list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#changed();
  }

  toString(): string { return serializeUrlencoded(this.#list); }

  #changed(): void {
    if (this.#update === undefined) return;
    const query = this.toString();
    this.#update(query === '' ? null : query);
  }
}
mixinPairIterable(URLSearchParams, 'URLSearchParams', (value) => listOf(value as URLSearchParams), (params) => listOf(params));
defineInterface(URLSearchParams, 'URLSearchParams');

function matcher(_brand: Pair[], given: number, name: string, value: string | undefined, what: string): (pair: Pair) => boolean {
  requireArguments(given, 1, what);
  const key = usv(name);
  if (value === undefined) return (pair) => pair[0] === key;
  const text = usv(value);
  return (pair) => pair[0] === key && pair[1] === text;
}

function pairsOf(init: unknown): Pair[] {
  if ((typeof init !== 'object' || init === null) && typeof init !== 'function') {
    const text = usv(init);
    return parseUrlencodedString(text.startsWith('?') ? text.slice(1) : text);
  }
  const method = (init as Iterable<unknown>)[Symbol.iterator];
  if (method !== undefined && method !== null) {
    if (typeof method !== 'function') throw new TypeError('URLSearchParams: the sequence is not iterable');
    return Array.from({ [Symbol.iterator]: () => Reflect.apply(method, init, []) as Iterator<unknown> }, pairOf);
  }
  // A record: string keys, the later of two that are the same once well-formed wins.
  const record = new Map<string, string>();
  for (const key of Reflect.ownKeys(init)) {
    if (!Reflect.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
    if (typeof key === 'symbol') throw new TypeError('URLSearchParams: a symbol cannot be a name');
    record.set(usv(key), usv((init as Record<string, unknown>)[key]));
  }
  return [...record];
}

function pairOf(pair: unknown): Pair {
  if (pair === null || typeof pair !== 'object' && typeof pair !== 'function') throw new TypeError('URLSearchParams: a pair is not a sequence');
  const [...items] = pair as Iterable<unknown>;
  if (items.length !== 2) throw new TypeError(`URLSearchParams: a pair has ${items.length} elements instead of two`);
  return [usv(items[0]), usv(items[1])];
}
