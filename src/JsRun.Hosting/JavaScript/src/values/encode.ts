// Encodes values for the host. Reading them runs user code (getters, traps), which can do anything, except change the text that is written.
import { hostErrorOf } from '../kernel/errors.ts';
import { getPrototypeOf, isView, slice, toNumber } from '../kernel/intrinsics.ts';
import { bufferLength, type Class, classify, dateValue, Kind, mapForEach, regExpText, setForEach, unbox } from './classify.ts';
import { bytesOfBuffer, bytesOfView, type Chunk, stageChunks } from './bytes.ts';
import { ConversionError } from './conversion-error.ts';
import { ERROR_LIMITS, type Limits, tooDeep, tooLarge, valueLimits } from './limits.ts';
import { Path } from './path.ts';
import { forgetReference, functionName, keepFunction } from './references.ts';
import { type Payload, ReferenceKind } from './wire.ts';

const { isArray } = Array;
const { floor } = Math;
const { keys: keysOf, is, setPrototypeOf } = Object;
const { isSafeInteger } = Number;
const StringOf = String;
const ObjectPrototype = Object.prototype;
const { asIntN } = BigInt;
/** The range of the host's dates: the years 1 to 9999. */
const FIRST_DATE = -62135596800000;
const LAST_DATE = 253402300799999;
/** The most code units of each text in an error. */
const MOST = 16 * 1024;

/** @throws ConversionError */
export function encode(value: unknown): Payload {
  switch (typeof value) {
    case 'undefined': case 'boolean': case 'number': return value;
    default: return value === null ? null : new Encoder(valueLimits(), false).root(value);
  }
}

/** Encodes a thrown value. A part that cannot cross is replaced by its description, and nothing that user code does makes this fail. */
export function encodeThrown(value: unknown): string {
  return new Encoder(ERROR_LIMITS, true).root(value);
}

/** Encodes the arguments of one call, as a list that does not count as one level of depth. @throws ConversionError */
export function encodeArguments(args: readonly unknown[]): string {
  return new Encoder(valueLimits(), false, 1).root(args);
}

class Encoder {
  readonly #limits: Limits;
  /** Whether a part that cannot cross is replaced by its description, instead of failing. */
  readonly #lenient: boolean;
  /** How many of the outermost objects are not part of the value. */
  readonly #outside: number;
  readonly #path = new Path();
  readonly #chunks: Chunk[] = list();
  readonly #references: { kind: string; id: number }[] = list();
  #text = '';
  #size = 0;
  #nodes = 0;

  constructor(limits: Limits, lenient: boolean, outside = 0) {
    this.#outside = outside;
    this.#limits = limits;
    this.#lenient = lenient;
  }

  root(value: unknown): string {
    try {
      if (typeof value === 'string') {
        const text = this.#truncate(value);
        this.#charge(text.length);
        return `'${text}`;
      }
      this.#part(value, undefined);
      stageChunks(this.#chunks);
      return this.#text;
    } catch (error) {
      for (let i = 0; i < this.#references.length; i++) forgetReference(this.#references[i]!.kind, this.#references[i]!.id);
      if (ConversionError.is(error)) throw error;
      throw new ConversionError(`Cannot convert ${this.#path.text()}: reading it failed`, { thrown: error });
    }
  }

  /** One item, or what stands for it. */
  #part(value: unknown, holder: object | undefined): void {
    if (!this.#lenient) return this.#item(value, holder);
    const text = this.#text;
    const { depth } = this.#path;
    try {
      this.#item(value, holder);
    } catch (error) {
      this.#text = text;
      this.#path.depth = depth;
      this.#text += short(ConversionError.is(error) ? '[not shown]' : '[cannot be read]');
    }
  }

  #item(value: unknown, holder: object | undefined): void {
    if (++this.#nodes > this.#limits.bytes) throw tooLarge(this.#nodes, this.#limits);
    switch (typeof value) {
      case 'undefined': this.#text += 'u'; return;
      case 'boolean': this.#charge(5); this.#text += value ? 't' : 'f'; return;
      case 'number': this.#number(value); return;
      case 'bigint': this.#bigint(value); return;
      case 'string': return this.#string(this.#truncate(value));
      case 'symbol': return this.#refuse(`${StringOf(value)} is a Symbol, which has no meaning outside of JavaScript`);
      case 'function': return this.#function(value as never, holder);
      default: if (value === null) { this.#charge(4); this.#text += 'n'; } else this.#object(value as object, holder);
    }
  }

  #number(value: number): void {
    if (isSafeInteger(value) && !is(value, -0)) {
      this.#charge(20);
      this.#text += `i${value};`;
    } else {
      this.#charge(24);
      this.#text += is(value, -0) ? 'd-0;' : `d${value};`;
    }
  }

  #date(time: number): void {
    // The host refuses a date outside of its range; an error that holds one must be reported nevertheless.
    if (this.#lenient && !(time >= FIRST_DATE && time <= LAST_DATE)) return void (this.#text += short('[date]'));
    this.#charge(16);
    this.#text += `D${time};`;
  }

  #bigint(value: bigint): void {
    const digits = StringOf(value);
    this.#charge(asIntN(64, value) === value ? 20 : digits.length);
    this.#text += `b${digits};`;
  }

  #string(value: string): void {
    this.#charge(value.length);
    this.#text += `s${value.length}:`;
    this.#text += value;
  }

  /** The beginning of a text in an error; any other text whole. */
  #truncate(text: string): string { return this.#lenient && text.length > MOST ? slice(text, 0, MOST) : text; }

  #function(value: (...args: unknown[]) => unknown, holder: object | undefined): void {
    // An error is only for reading: the host would never release the function.
    if (this.#lenient && this.#path.depth > 0) return void (this.#text += short('[function]'));
    this.#charge(8);
    this.#reference(ReferenceKind.Function, keepFunction(value, holder), functionName(value));
  }

  #reference(kind: string, id: number, name = ''): void {
    this.#references[this.#references.length] = { kind, id };
    this.#text += name === '' ? `R${kind}${id};` : `R${kind}${id},${name};`;
  }

  #object(value: object, holder: object | undefined): void {
    if (isArray(value)) return this.#array(value);
    if (isView(value)) return this.#bytes(bytesOfView(value));
    const prototype = getPrototypeOf(value);
    if (prototype === ObjectPrototype || prototype === null) return this.#plain(value);
    const found = classify(value, prototype);
    switch (found.kind) {
      case Kind.Plain: return this.#plain(value);
      case Kind.Error: return this.#error(value);
      case Kind.Date: return this.#date(dateValue(value));
      case Kind.Map: return this.#map(value);
      case Kind.Set: return this.#set(value);
      case Kind.Promise: return this.#refuse('it is a Promise: await it first, or evaluate asynchronously');
      case Kind.RegExp: return this.#item(regExpText(value), undefined);
      case Kind.Buffer: return this.#bytes(bytesOfBuffer(value, bufferLength(value)));
      case Kind.Boxed: return this.#item(unbox(value), holder);
      default: return this.#kept(value, found);
    }
  }

  #kept(value: object, { reference, keep }: Class): void {
    if (this.#lenient) return void (this.#text += short(`[${reference}]`));
    const id = keep!(value);
    if (id === undefined) return this.#plain(value);
    this.#charge(4);
    this.#reference(reference!, id);
  }

  #array(value: readonly unknown[]): void {
    this.#enter(value);
    const count = toLength(value.length);
    if (count > this.#limits.bytes) throw tooLarge(count, this.#limits);
    this.#text += `[${count}:`;
    for (let i = 0; i < count; i++) {
      this.#path.at(i);
      this.#part(value[i], undefined);
    }
    this.#path.leave();
  }

  #plain(value: object): void {
    this.#enter(value);
    this.#text += '{';
    this.#properties(value, false);
    this.#path.leave();
  }

  #properties(value: object, ofError: boolean): void {
    const keys = keysOf(value);
    for (let i = 0; i < keys.length && !this.#full; i++) {
      const key = keys[i]!;
      if (ofError && (key === 'name' || key === 'message' || key === 'stack' || key === 'cause' || key === 'errors')) continue;
      this.#path.at(key);
      let property: unknown;
      try {
        property = (value as Record<string, unknown>)[key];
      } catch (thrown) {
        if (this.#lenient) continue;
        throw new ConversionError(`Failed to get property '${key}' of ${this.#path.text()}`, { thrown });
      }
      this.#charge(key.length);
      this.#text += `${key.length}:${key}`;
      this.#part(property, value);
    }
    this.#text += '}';
  }

  #map(value: object): void {
    this.#enter(value);
    this.#text += 'M';
    let index = 0;
    mapForEach(value, (item, key) => {
      this.#text += '.';
      this.#path.at(index++);
      this.#part(key, undefined);
      this.#part(item, undefined);
    });
    this.#text += '}';
    this.#path.leave();
  }

  #set(value: object): void {
    this.#enter(value);
    this.#charge(24);
    this.#text += 'S';
    let index = 0;
    setForEach(value, (item) => {
      this.#charge(8);
      this.#text += '.';
      this.#path.at(index++);
      this.#part(item, undefined);
    });
    this.#text += '}';
    this.#path.leave();
  }

  #error(value: object): void {
    this.#enter(value);
    this.#text += 'E';
    this.#string(this.#truncate(readText(value, 'name') ?? 'Error'));
    this.#string(this.#truncate(readText(value, 'message') ?? ''));
    this.#string(this.#truncate(readText(value, 'stack') ?? ''));
    this.#text += `${hostErrorOf(value)};`;
    const cause = read(value, 'cause');
    if (cause !== undefined) {
      this.#text += 'c';
      this.#path.at('cause');
      this.#part(cause, undefined);
    }
    const errors = read(value, 'errors');
    if (isArray(errors)) {
      this.#text += 'a';
      this.#path.at('errors');
      this.#part(errors, undefined);
    }
    this.#properties(value, true);
    this.#path.leave();
  }

  #bytes(chunk: Chunk): void {
    if (this.#lenient) return void (this.#text += short('[bytes]'));
    this.#charge(chunk.size);
    this.#chunks[this.#chunks.length] = chunk;
    this.#text += `B${chunk.kind},${chunk.size};`;
  }

  #enter(value: object): void {
    if (this.#path.depth - this.#outside >= this.#limits.depth) throw tooDeep(this.#limits);
    if (!this.#path.enter(value)) throw new ConversionError(`Cannot serialize circular reference: ${this.#path.text()} is one of the objects that hold it`);
  }

  get #full(): boolean { return this.#lenient && this.#size > this.#limits.bytes; }

  #charge(bytes: number): void {
    if ((this.#size += bytes) > this.#limits.bytes) throw tooLarge(this.#size, this.#limits);
  }

  #refuse(why: string): never {
    throw new ConversionError(`Cannot convert ${this.#path.text()}: ${why}`);
  }
}

/** An array without a prototype: no setter of user code sees what is written to it. */
function list<T>(): T[] { return setPrototypeOf([], null) as T[]; }

function toLength(length: unknown): number {
  const count = toNumber(length);
  return count > 0 ? floor(count) : 0;
}

const short = (text: string): string => `s${text.length}:${text}`;

function read(target: object, key: string): unknown {
  try {
    return (target as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function readText(target: object, key: string): string | undefined {
  const value = read(target, key);
  return typeof value === 'string' ? value : undefined;
}
