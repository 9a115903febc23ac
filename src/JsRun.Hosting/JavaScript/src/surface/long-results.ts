// V8 ends the process when a built-in makes an array that is too long. If the length of the text allows so many elements, the call throws instead.
// The methods of RegExp.prototype are not replaced, because V8 has fast paths for them only as long as they are the original ones.
import { apply, NativeRangeError } from '../kernel/intrinsics.ts';
import { replaceMethod } from './replace.ts';

/** V8's longest array has some 134.2 million elements. */
const MOST_ELEMENTS = 134_000_000;
/** An element and its comma. */
const MOST_JSON = 2 * MOST_ELEMENTS;

export function refuseLongResults(): void {
  refuseLongTexts(String.prototype, 'split');
  refuseLongTexts(String.prototype, 'match');
  const { parse } = JSON;
  replaceMethod(JSON, 'parse', {
    parse(text: unknown, reviver?: unknown): unknown {
      const json = typeof text === 'string' ? text : `${text as string}`;
      demand(json, MOST_JSON, 'JSON.parse');
      return apply(parse as () => unknown, JSON, [json, reviver]);
    },
  }.parse);
}

function refuseLongTexts(prototype: object, name: 'split' | 'match'): void {
  const original = (prototype as Record<string, (...parameters: unknown[]) => unknown>)[name]!;
  replaceMethod(prototype, name, {
    method(this: unknown, ...parameters: unknown[]): unknown {
      // A value that is not a string is converted by the built-in, once, and in its own order.
      if (typeof this === 'string') demand(this, MOST_ELEMENTS, `String.prototype.${name}`);
      return apply(original, this, parameters);
    },
  }.method);
}

function demand(text: string, most: number, name: string): void {
  if (text.length > most) throw new NativeRangeError(`${name}: the text has ${text.length} characters, and at most ${most} are allowed`);
}
