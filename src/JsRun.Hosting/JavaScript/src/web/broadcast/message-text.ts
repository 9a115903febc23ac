// Encodes structured clones as text, for messages to other contexts: JSON of a table of objects, which refer to one another by their index. The message was cloned before, so that reading it
// runs no user code.
import { Blob, bytesOfBlob, isBlob } from '../file/blob.ts';
import { File } from '../file/file.ts';
import { atob, btoa } from '../html/base64.ts';
import { bytesToLatin1, latin1ToBytes } from '../encoding/latin1.ts';
import { DOMException, isDOMException } from '../webidl/dom-exception.ts';
import { fail } from '../structured-clone/transferable.ts';

type Json = string | number | boolean | null | Json[];

const errors: Record<string, ErrorConstructor> = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

export function encodeMessage(clone: unknown): string {
  const encoder = new Encoder();
  return JSON.stringify([encoder.value(clone), encoder.table]);
}

export function decodeMessage(text: string): unknown {
  const [root, table] = JSON.parse(text) as [Json, Json[][]];
  return new Decoder(table).value(root);
}

const toBase64 = (bytes: Uint8Array): string => btoa(bytesToLatin1(bytes));
const fromBase64 = (text: Json): Uint8Array<ArrayBuffer> => latin1ToBytes(atob(text as string))!;

class Encoder {
  readonly table: Json[][] = [];
  readonly #known = new Map<object, number>();

  value(value: unknown): Json {
    switch (typeof value) {
      case 'string': case 'boolean': return value;
      case 'number': return Number.isFinite(value) && !Object.is(value, -0) ? value : ['n', Object.is(value, -0) ? '-0' : `${value}`];
      case 'bigint': return ['b', `${value}`];
      case 'undefined': return ['u'];
      default: return value === null ? null : ['r', this.#object(value as object)];
    }
  }

  #object(object: object): number {
    const known = this.#known.get(object);
    if (known !== undefined) return known;
    const index = this.table.length;
    this.#known.set(object, index);
    const row: Json[] = [];
    this.table.push(row);
    this.#describe(object, row);
    return index;
  }

  #describe(object: object, row: Json[]): void {
    if (Array.isArray(object)) row.push('a', object.length, this.#members(object));
    else if (object instanceof Date) row.push('d', this.value(object.getTime()));
    else if (object instanceof RegExp) row.push('x', object.source, object.flags);
    else if (object instanceof Map) row.push('m', [...object].map(([key, value]) => [this.value(key), this.value(value)]));
    else if (object instanceof Set) row.push('s', [...object].map((value) => this.value(value)));
    else if (object instanceof ArrayBuffer) row.push('B', toBase64(new Uint8Array(object)));
    else if (ArrayBuffer.isView(object)) row.push('v', object.constructor.name, this.value(object.buffer), object.byteOffset, (object as Uint8Array).length ?? object.byteLength);
    else if (isBlob(object)) row.push('f', toBase64(bytesOfBlob(object)), object.type, ...(object instanceof File ? [object.name, object.lastModified] : []));
    else if (isDOMException(object)) row.push('D', (object as DOMException).message, (object as DOMException).name);
    else if (object instanceof Error) row.push('e', object.name, object.message, object.stack ?? '', Object.hasOwn(object, 'cause') ? [this.value(object.cause)] : []);
    else if (object instanceof Boolean || object instanceof Number || object instanceof String || object instanceof BigInt) row.push('p', this.value(object.valueOf()));
    else if (Object.getPrototypeOf(object) === Object.prototype) row.push('o', this.#members(object));
    else fail(`A ${object.constructor.name}, in a message to other contexts,`);
  }

  #members(object: object): Json[] { return Object.entries(object).map(([key, value]) => [key, this.value(value)]); }
}

class Decoder {
  readonly #table: Json[][];
  readonly #made: (object | undefined)[] = [];

  constructor(table: Json[][]) { this.#table = table; }

  value(json: Json): unknown {
    if (!Array.isArray(json)) return json;
    const [tag, rest] = json;
    if (tag === 'r') return this.#object(rest as number);
    if (tag === 'b') return BigInt(rest as string);
    return tag === 'n' ? Number(rest) : undefined;
  }

  #object(index: number): object {
    return this.#made[index] ?? this.#make(index, this.#table[index]!);
  }

  /** An object is known before its members are made: they may lead back to it. */
  #make(index: number, row: Json[]): object {
    const [tag, a, b, c, d] = row as [string, any, any, any, any];
    switch (tag) {
      case 'a': return this.#fill(this.#made[index] = new Array(a), b);
      case 'o': return this.#fill(this.#made[index] = {}, a);
      case 'm': {
        const map = new Map<unknown, unknown>();
        this.#made[index] = map;
        for (const [key, value] of a as Json[][]) map.set(this.value(key!), this.value(value!));
        return map;
      }
      case 's': {
        const set = new Set<unknown>();
        this.#made[index] = set;
        for (const value of a as Json[]) set.add(this.value(value));
        return set;
      }
      case 'e': {
        const error = new (errors[a] ?? Error)(b);
        this.#made[index] = error;
        Object.defineProperty(error, 'stack', { value: c, writable: true, configurable: true });
        if (d.length > 0) Object.defineProperty(error, 'cause', { value: this.value(d[0]), writable: true, configurable: true });
        return error;
      }
      default: return this.#made[index] = this.#whole(tag, a, b, c, d);
    }
  }

  #whole(tag: string, a: any, b: any, c: any, d: any): object {
    switch (tag) {
      case 'd': return new Date(this.value(a) as number);
      case 'x': return new RegExp(a, b);
      case 'B': return fromBase64(a).buffer;
      case 'v': return new (globalThis as unknown as Record<string, new (buffer: unknown, offset: number, length: number) => object>)[a]!(this.value(b), c, d);
      case 'f': return c === undefined ? new Blob([fromBase64(a)], { type: b }) : new File([fromBase64(a)], c, { type: b, lastModified: d });
      case 'D': return new DOMException(a, b);
      default: return Object(this.value(a)) as object;
    }
  }

  #fill(object: object, members: Json[][]): object {
    for (const [key, value] of members) Object.defineProperty(object, key as string, { value: this.value(value!), writable: true, enumerable: true, configurable: true });
    return object;
  }
}
