// How the console shows values. Only data properties are read, so that no getter runs. Depth, entries and length of text are bounded, and cycles are marked.
import { inspectSpecial } from './inspect-special.ts';

const DEPTH = 4;
const ENTRIES = 100;
const TEXT = 10_000;
const LINE = 76;

export class Inspector {
  readonly #above: object[] = [];
  readonly #depth: number;

  constructor(depth = DEPTH) { this.#depth = depth; }

  inspect(value: unknown): string {
    switch (typeof value) {
      case 'string': return quote(value);
      case 'bigint': return `${value}n`;
      case 'symbol': return value.toString();
      case 'number': return Object.is(value, -0) ? '-0' : `${value}`;
      case 'object': return value === null ? 'null' : this.#guarded(value);
      case 'function': return this.#guarded(value);
      default: return `${value as undefined}`;
    }
  }

  #guarded(value: object): string {
    if (this.#above.includes(value)) return '[Circular]';
    this.#above.push(value);
    try {
      return this.#object(value);
    } catch {
      return '[object that cannot be shown]';
    } finally {
      this.#above.pop();
    }
  }

  #object(value: object): string {
    const special = inspectSpecial(value, this);
    const name = special?.head ?? nameOf(value);
    if (special?.whole) return special.head;
    if (this.#above.length > this.#depth) return Array.isArray(value) ? '[Array]' : `[${name === '' ? 'Object' : name}]`;
    const list = special?.items ?? [];
    const items = [...list.slice(0, ENTRIES), ...(list.length > ENTRIES || special?.more ? [`... ${special?.more ?? list.length - ENTRIES} more items`] : []), ...(special?.closed ? [] : this.members(value, special?.skip))];
    const [open, close] = special?.brackets ?? ['{', '}'];
    if (items.length === 0) return special !== undefined && special.items === undefined ? name : join(name, `${open}${close}`);
    return join(name, layout(open, items, close));
  }

  /** Own properties, as `key: value`. */
  members(value: object, skip?: (key: PropertyKey) => boolean): string[] {
    const shown: string[] = [];
    let left = 0;
    for (const key of Reflect.ownKeys(value)) {
      if (skip?.(key)) continue;
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (!property?.enumerable) continue;
      if (shown.length >= ENTRIES) {
        left++;
        continue;
      }
      const label = typeof key === 'symbol' ? `[${key.toString()}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
      const text = 'value' in property ? this.inspect(property.value) : property.get === undefined ? '[Setter]' : property.set === undefined ? '[Getter]' : '[Getter/Setter]';
      shown.push(`${label}: ${text}`);
    }
    if (left > 0) shown.push(`... ${left} more properties`);
    return shown;
  }
}

/** @param depth how many levels of objects are shown */
export function inspect(value: unknown, depth?: number): string { return new Inspector(depth).inspect(value); }

function quote(text: string): string {
  const shown = text.length > TEXT ? text.slice(0, TEXT) : text;
  const mark = !shown.includes('\'') ? '\'' : !shown.includes('"') ? '"' : '`';
  const quoted = mark + shown.replace(/[\n\r\t\\\0]/g, (c) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', '\0': '\\0' })[c]!) + mark;
  return text.length > TEXT ? `${quoted}... ${text.length - TEXT} more characters` : quoted;
}

/** An empty text for plain objects, else the name of the class. */
function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype) return '';
  if (prototype === null) return '[Object: null prototype]';
  return classNameOf(prototype) ?? 'Object';
}

export function classNameOf(prototype: object | null): string | undefined {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const constructor: unknown = Reflect.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof constructor === 'function') {
      const name: unknown = Reflect.getOwnPropertyDescriptor(constructor, 'name')?.value;
      if (typeof name === 'string' && name !== '') return name;
    }
  }
  return undefined;
}

const join = (name: string, body: string) => (name === '' ? body : `${name} ${body}`);

function layout(open: string, items: string[], close: string): string {
  const line = `${open} ${items.join(', ')} ${close}`;
  if (line.length <= LINE && !line.includes('\n')) return line;
  return `${open}\n${items.map((item) => `  ${item.replaceAll('\n', '\n  ')}`).join(',\n')}\n${close}`;
}
