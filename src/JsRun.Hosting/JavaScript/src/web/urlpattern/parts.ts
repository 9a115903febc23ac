// URL Pattern: the parts that a pattern string consists of.
import { type Token, type TokenType, tokenize } from './tokenizer.ts';

export type Modifier = '' | '?' | '*' | '+';
export type PartType = 'fixed-text' | 'regexp' | 'segment-wildcard' | 'full-wildcard';

export interface Part { type: PartType; value: string; modifier: Modifier; name: string; prefix: string; suffix: string }

export interface PatternOptions { delimiter: string; prefix: string; ignoreCase: boolean }

export const FULL_WILDCARD = '.*';

export const escapeRegExp = (text: string): string => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
export const segmentWildcard = ({ delimiter }: PatternOptions): string => `[^${escapeRegExp(delimiter)}]+?`;

class Parser {
  readonly #tokens: Token[];
  readonly #options: PatternOptions;
  readonly #encode: (text: string) => string;
  readonly #parts: Part[] = [];
  readonly #names = new Set<string>();
  #next = 0;
  #nextName = 0;
  #fixed = '';

  constructor(input: string, options: PatternOptions, encode: (text: string) => string) {
    this.#tokens = tokenize(input, false);
    this.#options = options;
    this.#encode = encode;
  }

  parse(): Part[] {
    while (this.#next < this.#tokens.length) {
      const character = this.#take('char');
      const name = this.#take('name');
      const expression = this.#takeExpression(name);
      if (name !== undefined || expression !== undefined) {
        let prefix = character?.value ?? '';
        if (prefix !== '' && prefix !== this.#options.prefix) {
          this.#fixed += prefix;
          prefix = '';
        }
        this.#addFixed();
        this.#add(prefix, name, expression, '', this.#takeModifier());
        continue;
      }
      const fixed = character ?? this.#take('escaped-char');
      if (fixed !== undefined) {
        this.#fixed += fixed.value;
      } else if (this.#take('open') !== undefined) {
        const prefix = this.#takeText();
        const groupName = this.#take('name');
        const group = this.#takeExpression(groupName);
        const suffix = this.#takeText();
        this.#require('close');
        this.#add(prefix, groupName, group, suffix, this.#takeModifier());
      } else {
        this.#addFixed();
        this.#require('end');
      }
    }
    return this.#parts;
  }

  #take(type: TokenType): Token | undefined {
    const token = this.#tokens[this.#next];
    if (token?.type !== type) return undefined;
    this.#next++;
    return token;
  }

  #require(type: TokenType): void {
    if (this.#take(type) === undefined) {
      const { index, value } = this.#tokens[this.#next]!;
      throw new TypeError(`URLPattern: "${value}" at ${index} is not expected there`);
    }
  }

  #takeModifier(): Modifier { return (this.#take('other-modifier') ?? this.#take('asterisk'))?.value as Modifier | undefined ?? ''; }
  #takeExpression(name: Token | undefined): Token | undefined { return this.#take('regexp') ?? (name === undefined ? this.#take('asterisk') : undefined); }

  #takeText(): string {
    let text = '';
    for (let token = this.#take('char') ?? this.#take('escaped-char'); token !== undefined; token = this.#take('char') ?? this.#take('escaped-char')) text += token.value;
    return text;
  }

  #addFixed(): void {
    if (this.#fixed === '') return;
    const value = this.#encode(this.#fixed);
    this.#fixed = '';
    this.#parts.push({ type: 'fixed-text', value, modifier: '', name: '', prefix: '', suffix: '' });
  }

  #add(prefix: string, nameToken: Token | undefined, expression: Token | undefined, suffix: string, modifier: Modifier): void {
    if (nameToken === undefined && expression === undefined) {
      if (modifier === '') {
        this.#fixed += prefix;
        return;
      }
      this.#addFixed();
      if (prefix !== '') this.#parts.push({ type: 'fixed-text', value: this.#encode(prefix), modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    this.#addFixed();
    const wildcard = segmentWildcard(this.#options);
    const source = expression === undefined ? wildcard : expression.type === 'asterisk' ? FULL_WILDCARD : expression.value;
    const type = source === wildcard ? 'segment-wildcard' : source === FULL_WILDCARD ? 'full-wildcard' : 'regexp';
    const name = nameToken?.value ?? `${this.#nextName++}`;
    if (this.#names.has(name)) throw new TypeError(`URLPattern: the name "${name}" stands twice`);
    this.#names.add(name);
    this.#parts.push({ type, value: type === 'regexp' ? source : '', modifier, name, prefix: this.#encode(prefix), suffix: this.#encode(suffix) });
  }
}

export const parsePattern = (input: string, options: PatternOptions, encode: (text: string) => string): Part[] => new Parser(input, options, encode).parse();
