// URL Pattern: taking a whole URL pattern, such as "https://*.example.com/:id?x=*", apart into its components.
import * as canonical from './canonicalize.ts';
import { Component } from './component.ts';
import type { ComponentName, Init } from './init.ts';
import { type Token, tokenize } from './tokenizer.ts';

type State = 'init' | 'authority' | 'done' | ComponentName;

const order: State[] = ['init', 'protocol', 'authority', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash', 'done'];
const isBefore = (a: State, b: State) => order.indexOf(a) < order.indexOf(b);

export const matchesSpecialScheme = (protocol: Component): boolean => canonical.specialSchemes.some((scheme) => protocol.matches(scheme));

class ConstructorStringParser {
  readonly #input: string;
  readonly #tokens: Token[];
  readonly #result: Init = {};
  #start = 0;
  #at = 0;
  #step = 1;
  #groupDepth = 0;
  #bracketDepth = 0;
  #special = false;
  #state: State = 'init';

  constructor(input: string) {
    this.#input = input;
    this.#tokens = tokenize(input, true);
  }

  parse(): Init {
    for (; this.#at < this.#tokens.length; this.#at += this.#step) {
      this.#step = 1;
      const { type } = this.#token(this.#at);
      if (type === 'end') {
        if (this.#atEnd()) break;
      } else if (type === 'open') {
        this.#groupDepth++;
      } else if (this.#groupDepth > 0) {
        if (type === 'close') this.#groupDepth--;
      } else {
        this.#read();
      }
    }
    if (this.#result.hostname !== undefined && this.#result.port === undefined) this.#result.port = '';
    return this.#result;
  }

  /** Returns whether the string has ended: without a scheme it is read again as a relative pattern. */
  #atEnd(): boolean {
    if (this.#state === 'init') {
      this.#rewind();
      if (this.#is('#')) this.#change('hash', 1);
      else if (this.#isSearchPrefix()) this.#change('search', 1);
      else this.#change('pathname', 0);
      return false;
    }
    if (this.#state === 'authority') {
      this.#rewind('hostname');
      return false;
    }
    this.#change('done', 0);
    return true;
  }

  #read(): void {
    switch (this.#state) {
      case 'init':
        if (this.#is(':')) this.#rewind('protocol');
        break;
      case 'protocol':
        if (this.#is(':')) this.#endProtocol();
        break;
      case 'authority':
        if (this.#is('@')) this.#rewind('username');
        else if (this.#is('/') || this.#isSearchPrefix() || this.#is('#')) this.#rewind('hostname');
        break;
      case 'username':
        if (this.#is(':')) this.#change('password', 1);
        else if (this.#is('@')) this.#change('hostname', 1);
        break;
      case 'password':
        if (this.#is('@')) this.#change('hostname', 1);
        break;
      case 'hostname':
        if (this.#is('[')) this.#bracketDepth++;
        else if (this.#is(']')) this.#bracketDepth--;
        else if (this.#is(':') && this.#bracketDepth === 0) this.#change('port', 1);
        else this.#readPath();
        break;
      case 'port':
        this.#readPath();
        break;
      case 'pathname':
        this.#readQuery();
        break;
      case 'search':
        if (this.#is('#')) this.#change('hash', 1);
        break;
      default:
    }
  }

  #readPath(): void {
    if (this.#is('/')) this.#change('pathname', 0);
    else this.#readQuery();
  }

  #readQuery(): void {
    if (this.#isSearchPrefix()) this.#change('search', 1);
    else if (this.#is('#')) this.#change('hash', 1);
  }

  #endProtocol(): void {
    this.#special = matchesSpecialScheme(new Component(this.#text(), canonical.protocol, { delimiter: '', prefix: '', ignoreCase: false }));
    if (this.#is('/', 1) && this.#is('/', 2)) this.#change('authority', 3);
    else this.#change(this.#special ? 'authority' : 'pathname', 1);
  }

  #change(state: State, skip: number): void {
    const from = this.#state;
    const result = this.#result;
    if (from !== 'init' && from !== 'authority' && from !== 'done') result[from] = this.#text();
    if (from !== 'init' && state !== 'done') {
      if (isBefore(from, 'hostname') && isBefore('hostname', state)) result.hostname ??= '';
      if (isBefore(from, 'pathname') && isBefore('pathname', state)) result.pathname ??= this.#special ? '/' : '';
      if (isBefore(from, 'search') && isBefore('search', state)) result.search ??= '';
    }
    this.#state = state;
    this.#at += skip;
    this.#start = this.#at;
    this.#step = 0;
  }

  #rewind(state: State = this.#state): void {
    this.#at = this.#start;
    this.#step = 0;
    this.#state = state;
  }

  #token(at: number): Token { return this.#tokens[at] ?? this.#tokens.at(-1)!; }

  /** Whether the token is that character, and has no meaning as part of a pattern. */
  #is(character: string, offset = 0): boolean {
    const { type, value } = this.#token(this.#at + offset);
    return value === character && (type === 'char' || type === 'escaped-char' || type === 'invalid-char');
  }

  /** A question mark begins the query unless it makes what is before it optional. */
  #isSearchPrefix(): boolean {
    if (this.#is('?')) return true;
    if (this.#token(this.#at).value !== '?') return false;
    const previous = this.#tokens[this.#at - 1];
    return previous === undefined || !['name', 'regexp', 'close', 'asterisk'].includes(previous.type);
  }

  #text(): string { return this.#input.slice(this.#token(this.#start).index, this.#token(this.#at).index); }
}

export const parseConstructorString = (input: string): Init => new ConstructorStringParser(input).parse();
