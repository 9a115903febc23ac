// Streams: queuing strategies.
import { apply, defineProperty, NativeRangeError, NativeTypeError, toNumber } from '../../kernel/intrinsics.ts';
import { defineInterface, dictionary, requireArguments } from '../webidl/interface.ts';
import { callback } from './convert.ts';

export interface QueuingStrategy<T = any> {
  highWaterMark?: number;
  size?: (chunk: T) => number;
}

/** The size of a chunk; undefined stands for a size of 1. */
export type Size = ((chunk: unknown) => number) | undefined;

export interface Strategy { highWaterMark: number | undefined; size: Size }

/** Reads a strategy that a script has given. */
export function readStrategy(value: unknown, what: string): Strategy {
  const members = dictionary(value, what);
  const { highWaterMark } = members;
  const mark = highWaterMark === undefined ? undefined : toNumber(highWaterMark);
  const size = callback(members, 'size', what);
  return { highWaterMark: mark, size: size === undefined ? undefined : (chunk) => toNumber(apply(size, undefined, [chunk])) };
}

export function highWaterMarkOf({ highWaterMark }: Strategy, otherwise: number): number {
  if (highWaterMark === undefined) return otherwise;
  if (!(highWaterMark >= 0)) throw new NativeRangeError(`A high water mark of ${highWaterMark} is not allowed: it is 0 or more`);
  return highWaterMark;
}

function markOf(init: unknown, name: string): number {
  const { highWaterMark } = dictionary(init, `${name}: the argument`);
  if (highWaterMark === undefined) throw new NativeTypeError(`${name}: highWaterMark is required`);
  return toNumber(highWaterMark);
}

const countSize = (): number => 1;
const byteSize = (chunk: { byteLength: number }): number => chunk.byteLength;
// Bundling has changed their names.
const named = { __proto__: null, value: 'size', configurable: true } as PropertyDescriptor;
defineProperty(countSize, 'name', named);
defineProperty(byteSize, 'name', named);

export class CountQueuingStrategy {
  #highWaterMark: number;

  constructor(init: { highWaterMark: number }) {
    requireArguments(arguments.length, 1, 'CountQueuingStrategy');
    this.#highWaterMark = markOf(init, 'CountQueuingStrategy');
  }

  get highWaterMark(): number { return this.#highWaterMark; }
  get size(): (chunk: unknown) => number {
    void this.#highWaterMark;
    return countSize;
  }
}

export class ByteLengthQueuingStrategy {
  #highWaterMark: number;

  constructor(init: { highWaterMark: number }) {
    requireArguments(arguments.length, 1, 'ByteLengthQueuingStrategy');
    this.#highWaterMark = markOf(init, 'ByteLengthQueuingStrategy');
  }

  get highWaterMark(): number { return this.#highWaterMark; }
  get size(): (chunk: { byteLength: number }) => number {
    void this.#highWaterMark;
    return byteSize;
  }
}

defineInterface(CountQueuingStrategy, 'CountQueuingStrategy');
defineInterface(ByteLengthQueuingStrategy, 'ByteLengthQueuingStrategy');
