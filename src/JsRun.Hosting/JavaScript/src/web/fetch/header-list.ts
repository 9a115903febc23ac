// Fetch: header lists. Names are in lower case, values are not combined, and the order is that of their arrival: [name, value, name, value, …]. Lists are short, so they are searched from the front.
import { indexOf, NativeTypeError, split, toLowerCase } from '../../kernel/intrinsics.ts';

export class HeaderList {
  /** The text that crossed, "name\nvalue\n" for each header. It is parsed when the list is first used. */
  #flat: string | undefined;
  #pairs: string[];
  #sorted: [string, string][] | undefined;
  /** How names with upper-case letters were first written, by their lower case: some servers distinguish them. */
  #written: Record<string, string> | undefined;

  constructor(pairs: string[] = []) { this.#pairs = pairs; }

  /** A check that runs no trap of a proxy. */
  static is(value: unknown): value is HeaderList { return typeof value === 'object' && value !== null && #pairs in value; }

  /** A list of the headers that the host sends. They are parsed when the list is first used. */
  static ofFlat(flat: string): HeaderList {
    const list = new HeaderList();
    list.#flat = flat;
    return list;
  }

  get pairs(): readonly string[] { return this.#flat === undefined ? this.#pairs : this.#parse(this.#flat); }

  #parse(flat: string): string[] {
    this.#flat = undefined;
    const lines = split(flat, '\n');
    // The last line feed has nothing after it.
    lines.length &= ~1;
    const pairs: string[] = [];
    let cookie = -1;
    for (let i = 0; i < lines.length; i += 2) {
      const name = toLowerCase(lines[i]!);
      // HTTP/2 sends the pairs of a cookie header apart.
      if (name === 'cookie' && cookie >= 0) {
        pairs[cookie] += `; ${lines[i + 1]}`;
        continue;
      }
      if (name === 'cookie') cookie = pairs.length + 1;
      pairs[pairs.length] = name;
      pairs[pairs.length] = lines[i + 1]!;
    }
    return this.#pairs = pairs;
  }

  copy(): HeaderList {
    const { pairs } = this;
    const copy: string[] = [];
    for (let i = 0; i < pairs.length; i++) copy[i] = pairs[i]!;
    const list = new HeaderList(copy);
    if (this.#written !== undefined) list.#written = { __proto__: null, ...this.#written } as never as Record<string, string>;
    return list;
  }

  /** The name as a script wrote it. */
  written(name: string): string { return this.#written?.[name] ?? name; }

  has(name: string): boolean {
    const { pairs } = this;
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === name) return true;
    return false;
  }

  get(name: string): string | null {
    const { pairs } = this;
    let value: string | null = null;
    for (let i = 0; i < pairs.length; i += 2) {
      if (pairs[i] === name) value = value === null ? pairs[i + 1]! : `${value}${between(name)}${pairs[i + 1]!}`;
    }
    return value;
  }

  /** Each value for itself. */
  all(name: string): string[] {
    const { pairs } = this;
    const values: string[] = [];
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === name) values[values.length] = pairs[i + 1]!;
    return values;
  }

  /** `written` is the name as a script wrote it. */
  append(name: string, value: string, written = name): void {
    const pairs = this.#change();
    if (written !== name && !this.has(name)) (this.#written ??= { __proto__: null } as never as Record<string, string>)[name] = written;
    pairs[pairs.length] = name;
    pairs[pairs.length] = value;
  }

  /** Replaces the first header of that name, or appends. */
  set(name: string, value: string, written = name): void {
    const pairs = this.#change();
    let length = 0;
    let found = false;
    for (let i = 0; i < pairs.length; i += 2) {
      if (pairs[i] === name) {
        if (found) continue;
        found = true;
        pairs[i + 1] = value;
      }
      pairs[length] = pairs[i]!;
      pairs[length + 1] = pairs[i + 1]!;
      length += 2;
    }
    pairs.length = length;
    if (!found) this.append(name, value, written);
  }

  delete(name: string): void {
    const pairs = this.#change();
    if (this.#written !== undefined) delete this.#written[name];
    let length = 0;
    for (let i = 0; i < pairs.length; i += 2) {
      if (pairs[i] === name) continue;
      pairs[length] = pairs[i]!;
      pairs[length + 1] = pairs[i + 1]!;
      length += 2;
    }
    pairs.length = length;
  }

  #change(): string[] {
    this.#sorted = undefined;
    return this.pairs as string[];
  }

  /** The headers as `Headers` shows them: sorted by name, and those of one name combined, except set-cookie. */
  get sorted(): readonly [string, string][] { return this.#sorted ??= combine(this.pairs); }

  /** The text that crosses, with headers of one name combined. `skip` are names to leave out, in lower case. Names are in lower case, or as they were written. */
  flat(skip?: Record<string, true>, asWritten = false): string {
    const { pairs } = this;
    const values: Record<string, string | undefined> = { __proto__: null } as never;
    for (let i = 0; i < pairs.length; i += 2) {
      const name = pairs[i]!;
      const before = values[name];
      values[name] = before === undefined || name === 'set-cookie' ? pairs[i + 1]! : `${before}${between(name)}${pairs[i + 1]!}`;
    }
    let flat = '';
    for (let i = 0; i < pairs.length; i += 2) {
      const name = pairs[i]!;
      if (skip?.[name]) continue;
      if (name === 'set-cookie') {
        flat += line(name) + line(pairs[i + 1]!);
      } else if (values[name] !== undefined) {
        flat += line(asWritten ? this.written(name) : name) + line(values[name]!);
        values[name] = undefined;
      }
    }
    return flat;
  }
}

/** Throws for a line feed, which `Headers` has refused before. Only user code that defines an accessor on Array.prototype can bring one here, and it must not begin another header. */
function line(text: string): string {
  if (indexOf(text, '\n') >= 0) throw new NativeTypeError('Headers: a name or a value has a line feed');
  return `${text}\n`;
}

/** Combines values as the standard does, except cookies: no server reads a list of cookies with commas (RFC 6265, 5.4; RFC 9113, 8.2.3). */
const between = (name: string): string => (name === 'cookie' ? '; ' : ', ');

function combine(pairs: readonly string[]): [string, string][] {
  const all: [string, string][] = [];
  for (let i = 0; i < pairs.length; i += 2) all.push([pairs[i]!, pairs[i + 1]!]);
  // Stable, so that values keep their order.
  all.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const combined: [string, string][] = [];
  for (const pair of all) {
    const last = combined.at(-1);
    if (last !== undefined && last[0] === pair[0] && pair[0] !== 'set-cookie') last[1] += `${between(pair[0])}${pair[1]}`;
    else combined.push(pair);
  }
  return combined;
}
