// URL Pattern: a compiled component. Most components are `*` or plain text, and need no regular expression.
import { patternString, regExpSource } from './generate.ts';
import { type PatternOptions, parsePattern } from './parts.ts';

export type Groups = Record<string, string | undefined>;

export class Component {
  readonly pattern: string;
  readonly hasRegExpGroups: boolean;
  readonly #names: string[];
  /** For simple components: the only text that matches, or a mark that everything does. */
  readonly #simple: string | true | undefined;
  #expression: RegExp | undefined;

  constructor(input: string, encode: (text: string) => string, options: PatternOptions) {
    const parts = parsePattern(input, options, encode);
    this.pattern = patternString(parts, options);
    this.hasRegExpGroups = parts.some((part) => part.type === 'regexp');
    this.#names = parts.filter((part) => part.type !== 'fixed-text').map((part) => part.name);
    const [first] = parts;
    if (parts.length === 0) this.#simple = '';
    else if (parts.length === 1 && first!.modifier === '' && first!.prefix === '' && first!.suffix === '') {
      if (first!.type === 'full-wildcard') this.#simple = true;
      else if (first!.type === 'fixed-text' && !options.ignoreCase) this.#simple = first!.value;
    }
    if (this.#simple !== undefined) return;
    try {
      this.#expression = new RegExp(regExpSource(parts, options), options.ignoreCase ? 'vi' : 'v');
    } catch (error) {
      throw new TypeError(`URLPattern: "${input}" is not a valid pattern: ${(error as Error).message}`, { cause: error });
    }
  }

  /** The values of the groups, or null if the input does not match. */
  match(input: string): Groups | null {
    if (this.#simple === true) return /[\n\r\u2028\u2029]/.test(input) ? null : { [this.#names[0]!]: input };
    if (this.#simple !== undefined) return input === this.#simple ? {} : null;
    const found = this.#expression!.exec(input);
    if (found === null) return null;
    const groups: Groups = {};
    for (let i = 0; i < this.#names.length; i++) groups[this.#names[i]!] = found[i + 1];
    return groups;
  }

  matches(input: string): boolean { return this.match(input) !== null; }
}
