// URL Pattern: tokenizing a pattern string.
export type TokenType = 'open' | 'close' | 'regexp' | 'name' | 'char' | 'escaped-char' | 'other-modifier' | 'asterisk' | 'invalid-char' | 'end';

export interface Token { type: TokenType; index: number; value: string }

const nameStart = /^[$_\p{ID_Start}]$/u;
const namePart = /^[$\u200c\u200d\p{ID_Continue}]$/u;

export const isNameCharacter = (character: string, first: boolean): boolean => (first ? nameStart : namePart).test(character);

const single: Record<string, TokenType> = { '*': 'asterisk', '+': 'other-modifier', '?': 'other-modifier', '{': 'open', '}': 'close' };
const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at)!);
const isAscii = (character: string) => character <= '\x7f';

/** In lenient mode, which is for whole URLs, a mistake becomes a token; otherwise it throws. */
export function tokenize(input: string, lenient: boolean): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const add = (type: TokenType, from: number, to: number, next = to) => {
    tokens.push({ type, index: at, value: input.slice(from, to) });
    at = next;
  };
  const invalid = (from: number, to: number, why: string) => {
    if (!lenient) throw new TypeError(`URLPattern: ${why} at ${from} of "${input}"`);
    add('invalid-char', from, to);
  };

  while (at < input.length) {
    const character = characterAt(input, at);
    const next = at + character.length;
    const known = single[character];
    if (known !== undefined) {
      add(known, at, next);
    } else if (character === '\\') {
      if (next === input.length) invalid(at, next, 'nothing follows the backslash');
      else add('escaped-char', next, next + characterAt(input, next).length);
    } else if (character === ':') {
      const end = nameEnd(input, next);
      if (end === next) invalid(at, next, 'a name is missing after the colon');
      else add('name', next, end);
    } else if (character === '(') {
      const { end, error } = groupEnd(input, next);
      if (error !== undefined) invalid(at, next, error);
      else add('regexp', next, end - 1, end);
    } else {
      add('char', at, next);
    }
  }
  add('end', at, at);
  return tokens;
}

function nameEnd(input: string, start: number): number {
  let end = start;
  while (end < input.length) {
    const character = characterAt(input, end);
    if (!isNameCharacter(character, end === start)) break;
    end += character.length;
  }
  return end;
}

/** Where the regular expression that began before `start` ends, its parenthesis included. */
function groupEnd(input: string, start: number): { end: number; error?: string } {
  const failed = (error: string) => ({ end: start, error });
  let depth = 1;
  let at = start;
  while (at < input.length) {
    const character = characterAt(input, at++);
    if (!isAscii(character)) return failed('a regular expression has a character that is not ASCII');
    if (at - 1 === start && character === '?') return failed('a regular expression begins with a question mark');
    if (character === '\\') {
      if (at === input.length || !isAscii(characterAt(input, at))) return failed('a regular expression ends in a backslash, or escapes a character that is not ASCII');
      at++;
    } else if (character === ')') {
      if (--depth === 0) break;
    } else if (character === '(') {
      depth++;
      if (input[at] !== '?') return failed('a regular expression has a capturing group');
    }
  }
  if (depth > 0) return failed('a regular expression is not closed');
  return at - start === 1 ? failed('a regular expression is empty') : { end: at };
}
