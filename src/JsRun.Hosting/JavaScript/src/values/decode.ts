// Decodes values that the host sends. The text is trusted. The values are for user code, so no property or setter of a prototype, which user code may have changed, is used to make them.
import { charCodeAt, defineProperty, indexOf, slice, toNumber, uncurry } from '../kernel/intrinsics.ts';
import { receiveBytes } from './bytes.ts';
import { findReference } from './references.ts';
import type { ByteKind, Payload } from './wire.ts';

const ObjectPrototype = Object.prototype;
const ArrayPrototype = Array.prototype;
const toBigInt = BigInt;
const NativeDate = Date;
const NativeMap = Map;
const NativeSet = Set;
const NativeError = Error;
const mapSet = uncurry(Map.prototype.set);
const setAdd = uncurry(Set.prototype.add);

/** @throws ConversionError, if the value refers to something that is no longer there */
export function decode(payload: Payload): unknown {
  if (typeof payload !== 'string') return payload;
  return payload[0] === '\'' ? slice(payload, 1) : new Decoder(payload).item();
}

function put(target: object, key: string | number, value: unknown, prototype: object): void {
  // Defined and not assigned: a prototype may have a setter of that name, as for __proto__.
  if (key in prototype) defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
  else (target as Record<string | number, unknown>)[key] = value;
}

class Decoder {
  readonly #text: string;
  #at = 0;

  constructor(text: string) { this.#text = text; }

  item(): unknown {
    const tag = this.#text[this.#at++];
    switch (tag) {
      case 'u': return undefined;
      case 'n': return null;
      case 't': return true;
      case 'f': return false;
      case 'i': case 'd': return toNumber(this.#until(';'));
      case 'b': return toBigInt(this.#until(';'));
      case 'D': return new NativeDate(toNumber(this.#until(';')));
      case 's': return this.#string();
      case '[': return this.#array();
      case '{': return this.#entries({});
      case 'M': return this.#map();
      case 'S': return this.#set();
      case 'B': return receiveBytes(toNumber(this.#until(',')) as ByteKind, toNumber(this.#until(';')));
      case 'E': return this.#error();
      case 'R': return findReference(this.#text[this.#at++]!, toNumber(this.#until(';')));
      default: throw new NativeError(`The host's text has no item at ${this.#at - 1}`);
    }
  }

  #until(end: string): string {
    const from = this.#at;
    const to = indexOf(this.#text, end, from);
    this.#at = to + 1;
    return slice(this.#text, from, to);
  }

  #count(): number {
    let count = 0;
    for (;;) {
      const digit = charCodeAt(this.#text, this.#at++) - 48;
      if (digit === 10) return count;
      count = count * 10 + digit;
    }
  }

  #string(): string {
    const length = this.#count();
    const from = this.#at;
    this.#at = from + length;
    return slice(this.#text, from, this.#at);
  }

  #ended(): boolean {
    if (this.#text[this.#at] !== '}') return false;
    this.#at++;
    return true;
  }

  #array(): unknown[] {
    const count = this.#count();
    const items: unknown[] = [];
    for (let i = 0; i < count; i++) put(items, i, this.item(), ArrayPrototype);
    return items;
  }

  #entries<T extends object>(target: T): T {
    while (!this.#ended()) {
      const key = this.#string();
      put(target, key, this.item(), ObjectPrototype);
    }
    return target;
  }

  #map(): Map<unknown, unknown> {
    const map = new NativeMap<unknown, unknown>();
    while (!this.#ended()) {
      this.#at++;
      const key = this.item();
      mapSet(map, key, this.item());
    }
    return map;
  }

  #set(): Set<unknown> {
    const set = new NativeSet<unknown>();
    while (!this.#ended()) {
      this.#at++;
      setAdd(set, this.item());
    }
    return set;
  }

  #error(): Error {
    const name = this.item();
    const message = this.item() as string;
    const stack = this.item() as string;
    this.#until(';');
    const error = new NativeError(message);
    hide(error, 'name', name);
    if (stack !== '') hide(error, 'stack', stack);
    this.#option('c', 'cause', error);
    this.#option('a', 'errors', error);
    return this.#entries(error);
  }

  #option(tag: string, key: string, error: Error): void {
    if (this.#text[this.#at] !== tag) return;
    this.#at++;
    hide(error, key, this.item());
  }
}

/** Defines a property as the constructors of errors do. */
function hide(error: Error, key: string, value: unknown): void {
  defineProperty(error, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
}
