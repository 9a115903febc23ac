// HTML: StructuredSerialize. `instanceof` finds what an object may be, and its internal slots confirm it: checking the slots of every object would throw an exception for each.
import { isError, isSharedArrayBuffer } from '../../kernel/when-live.ts';
import { createKey, isCryptoKey, slotsOf } from '../crypto/crypto-key.ts';
import { Blob, bytesOfBlob, isBlob } from '../file/blob.ts';
import { File } from '../file/file.ts';
import { DOMException, isDOMException } from '../webidl/dom-exception.ts';
import { isMade } from '../webidl/interface.ts';
import { QuotaExceededError } from '../webidl/quota-exceeded-error.ts';
import { type Clone, ErrorNode, MadeNode, MapNode, type Node, ObjectNode, SetNode, ViewNode } from './node.ts';
import { fail, isPlatformObject } from './transferable.ts';

const errors: Record<string, ErrorConstructor> = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const boxed = [Boolean, Number, String, BigInt] as unknown as { new (): object; prototype: { valueOf(): unknown } }[];
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const nameOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)!.get!;

export class Serializer {
  readonly #memory: Map<object, Node>;

  /** `memory` begins with the objects that are transferred. */
  constructor(memory: Map<object, Node>) { this.#memory = memory; }

  serialize(value: unknown): Clone {
    if (typeof value === 'symbol') fail(String(value));
    if (typeof value === 'function') fail(value.name === '' ? 'A function' : `The function ${value.name}`);
    if (typeof value !== 'object' || value === null) return value as Clone;
    return this.#memory.get(value) ?? this.#object(value);
  }

  #object(value: object): Node {
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (Array.isArray(value)) return this.#members(value, () => new Array(value.length));
    if ((prototype === Object.prototype || prototype === null) && !isError(value)) return this.#members(value, () => ({}));
    if (prototype === Date.prototype) {
      const date = this.#builtIn(value);
      if (date !== undefined) return date;
    }
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (isMade('DOMException') && isDOMException(value)) return this.#remember(value, new MadeNode(cloneDOMException(value as DOMException)));
    if (isError(value)) return this.#error(value as Error);
    if (isMade('CryptoKey') && isCryptoKey(value)) return this.#remember(value, new MadeNode(createKey(slotsOf(value))));
    if (isMade('Blob') && isBlob(value)) return this.#remember(value, new MadeNode(cloneBlob(value)));
    if (isPlatformObject(value)) fail(`A ${value.constructor.name} object`);
    return this.#builtIn(value) ?? this.#members(value, () => ({}));
  }

  /** Returns undefined for an object that only has the prototype of a built-in. */
  #builtIn(value: object): Node | undefined {
    try {
      if (value instanceof Date) return this.#remember(value, new MadeNode(new Date(Date.prototype.getTime.call(value))));
      for (const type of boxed) {
        if (value instanceof type) return this.#remember(value, new MadeNode(Object(type.prototype.valueOf.call(value)) as object));
      }
      if (value instanceof RegExp && value !== RegExp.prototype) return this.#remember(value, new MadeNode(new RegExp(value.source, value.flags)));
      if (value instanceof ArrayBuffer) return this.#remember(value, new MadeNode(cloneBuffer(value)));
      // Shared memory stays shared, because the clone is in the same agent.
      if (isSharedArrayBuffer(value)) return this.#remember(value, new MadeNode(value));
      if (value instanceof Map) return this.#map(value);
      if (value instanceof Set) return this.#set(value);
    } catch (error) {
      if (isDOMException(error) || !(error instanceof TypeError) || this.#memory.has(value)) throw error;
    }
    if (value instanceof Symbol) fail('A Symbol object');
    return undefined;
  }

  #remember<T extends Node>(value: object, node: T): T {
    this.#memory.set(value, node);
    return node;
  }

  #members(value: object, target: () => object): Node {
    const node = this.#remember(value, new ObjectNode(target));
    for (const key of Object.keys(value)) {
      // A getter before may have removed it.
      if (!Object.hasOwn(value, key)) continue;
      node.keys.push(key);
      node.values.push(this.serialize((value as Record<string, unknown>)[key]));
    }
    return node;
  }

  #map(value: Map<unknown, unknown>): Node {
    const entries: [unknown, unknown][] = [];
    Map.prototype.forEach.call(value, (member, key) => { entries.push([key, member]); });
    const node = this.#remember(value, new MapNode());
    for (const [key, member] of entries) node.entries.push([this.serialize(key), this.serialize(member)]);
    return node;
  }

  #set(value: Set<unknown>): Node {
    const members: unknown[] = [];
    Set.prototype.forEach.call(value, (member) => { members.push(member); });
    const node = this.#remember(value, new SetNode());
    for (const member of members) node.members.push(this.serialize(member));
    return node;
  }

  #error(value: Error): Node {
    const name = value.name as string | undefined;
    const message = Object.getOwnPropertyDescriptor(value, 'message');
    const type = (name !== undefined && Object.hasOwn(errors, `${name}`) ? errors[`${name}`] : undefined) ?? Error;
    const copy = message !== undefined && 'value' in message ? new type(`${message.value as string}`) : new type();
    const { stack } = value;
    Object.defineProperty(copy, 'stack', { value: typeof stack === 'string' ? stack : undefined, writable: true, configurable: true });
    const node = this.#remember(value, new ErrorNode(copy));
    if (Object.hasOwn(value, 'cause')) node.cause = { value: this.serialize(value.cause) };
    return node;
  }

  #view(view: ArrayBufferView): Node {
    const type = (nameOf.call(view) as string | undefined) ?? 'DataView';
    const { buffer, byteOffset, byteLength } = readView(view, type);
    const node = this.serialize(buffer);
    const constructor = (globalThis as Record<string, unknown>)[type] as { new (): object; BYTES_PER_ELEMENT?: number };
    const size = constructor.BYTES_PER_ELEMENT ?? 1;
    // A view that ends where its resizable buffer ends is taken for one that tracks the buffer's length.
    const follows = (buffer as { resizable?: boolean }).resizable === true && byteOffset + byteLength + size > buffer.byteLength;
    return this.#remember(view, new ViewNode(constructor, node, byteOffset, follows ? undefined : byteLength / size));
  }
}

function readView(view: ArrayBufferView, type: string): ArrayBufferView {
  try {
    const { buffer, byteOffset, byteLength } = view;
    const outOfBounds = type !== 'DataView' && byteLength === 0 && byteOffset === 0 && isOutOfBounds(view as Uint8Array);
    if (!outOfBounds) return { buffer, byteOffset, byteLength };
  } catch { /* reading an out-of-bounds DataView throws */ }
  return fail('A view out of the bounds of its buffer');
}

/** Only methods tell an empty array from one whose buffer has shrunk below it. */
function isOutOfBounds(view: Uint8Array): boolean {
  try {
    Uint8Array.prototype.at.call(view, 0);
    return false;
  } catch {
    return true;
  }
}

function cloneBuffer(value: ArrayBuffer): ArrayBuffer {
  if (value.detached) fail('A detached ArrayBuffer');
  const { resizable, maxByteLength } = value as { resizable?: boolean; maxByteLength?: number };
  if (!resizable) return value.slice(0);
  const copy = new (ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer)(value.byteLength, { maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(value));
  return copy;
}

function cloneBlob(value: Blob): Blob {
  const bytes = bytesOfBlob(value);
  return isMade('File') && value instanceof File ? new File([bytes], value.name, { type: value.type, lastModified: value.lastModified }) : new Blob([bytes], { type: value.type });
}

function cloneDOMException(value: DOMException): DOMException {
  const copy = isMade('QuotaExceededError') && value instanceof QuotaExceededError ? new QuotaExceededError(value.message, value) : new DOMException(value.message, value.name);
  Object.defineProperty(copy, 'stack', { value: value.stack, writable: true, configurable: true });
  return copy;
}
