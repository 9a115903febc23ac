// V8 ends the process when a built-in makes an array that is too long. If the length of the text allows so many elements, the call throws instead.
// The methods of RegExp.prototype are not replaced, because V8 has fast paths for them only as long as they are the original ones.
import { apply, NativeRangeError } from '../kernel/intrinsics.ts';
import { replaceMethod } from './replace.ts';

const { toPrimitive } = Symbol;
/** V8's longest array has some 134.2 million elements. */
const MOST_ELEMENTS = 134_000_000;
/** An element and its comma. */
const MOST_JSON = 2 * MOST_ELEMENTS;

export function refuseLongResults(): void {
  refuseLongTexts('split');
  refuseLongTexts('match');
  const { parse } = JSON;
  replaceMethod(JSON, 'parse', {
    parse(text: unknown, reviver?: unknown): unknown {
      const json = typeof text === 'string' ? text : `${text as string}`;
      demand(json, MOST_JSON, 'JSON.parse');
      return apply(parse as () => unknown, JSON, [json, reviver]);
    },
  }.parse);
}

function refuseLongTexts(name: 'split' | 'match'): void {
  const original = String.prototype[name] as (...parameters: unknown[]) => unknown;
  const key = Symbol[name];
  const ofRegExp: unknown = RegExp.prototype[key];
  replaceMethod(String.prototype, name, {
    method(this: unknown, ...parameters: unknown[]): unknown {
      if (typeof this === 'string') demand(this, MOST_ELEMENTS, `String.prototype.${name}`);
      if (typeof this === 'string' || this === undefined || this === null) return apply(original, this, parameters);
      // The built-in converts a value that is not a string, once and in its own order. The text is checked there.
      const text = {
        __proto__: null,
        [toPrimitive]: (): string => {
          const converted = `${this as string}`;
          demand(converted, MOST_ELEMENTS, `String.prototype.${name}`);
          return converted;
        },
      };
      const by = parameters[0] as Record<symbol, unknown> | undefined | null;
      const own = (typeof by === 'object' && by !== null) || typeof by === 'function' ? (by as Record<symbol, unknown>)[key] : undefined;
      if (own === undefined || own === null) return apply(original, text, parameters);
      // A script's own method gets the value that V8 would pass to it.
      const subject: unknown = own === ofRegExp ? text : this;
      return apply(own as () => unknown, by, name === 'split' ? [subject, parameters[1]] : [subject]);
    },
  }.method);
}

function demand(text: string, most: number, name: string): void {
  if (text.length > most) throw new NativeRangeError(`${name}: the text has ${text.length} characters, and at most ${most} are allowed`);
}
