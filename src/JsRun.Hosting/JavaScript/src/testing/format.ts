// Values as text, one line or many: the same value is always the same text, so that two texts can be compared line by line.

const MAX_DEPTH = 8;
const WIDTH = 72;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A value that says itself how it is shown, such as `expect.any(String)`. */
export const shown = Symbol('jsrun.test.shown');

/** Shows a value: on one line if it is short and `lines` is not asked for. */
export function format(value: unknown, { lines = false }: { lines?: boolean } = {}): string {
  return write(value, '', [], lines);
}

function write(value: unknown, indent: string, parents: readonly object[], lines: boolean): string {
  switch (typeof value) {
    case 'string': return quote(value);
    case 'bigint': return `${value}n`;
    case 'number': return Object.is(value, -0) ? '-0' : String(value);
    case 'symbol': return String(value);
    case 'function': return `[${isClass(value) ? 'class' : 'Function'} ${value.name || '(anonymous)'}]`;
    case 'object': return value === null ? 'null' : writeObject(value, indent, parents, lines);
    default: return String(value);
  }
}

function writeObject(value: object, indent: string, parents: readonly object[], lines: boolean): string {
  if (parents.includes(value)) return '[Circular]';
  const own = (value as { [shown]?: () => string })[shown];
  if (own !== undefined) return own.call(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : `Date ${value.toISOString()}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Error) return `[${value.name}: ${value.message}]`;
  if (parents.length >= MAX_DEPTH) return Array.isArray(value) ? '[…]' : '{…}';
  const inside = [...parents, value];
  const deeper = `${indent}  `;
  const show = (part: unknown): string => write(part, deeper, inside, lines);
  if (Array.isArray(value)) return enclose('[', Array.from(value, (_, i) => i in value ? show(value[i]) : '<empty>'), ']', indent, lines);
  const name = nameOf(value);
  if (value instanceof Map) return enclose(`${name} {`, [...value].map(([key, item]) => `${show(key)} => ${show(item)}`), '}', indent, lines);
  if (value instanceof Set) return enclose(`${name} {`, [...value].map(show), '}', indent, lines);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return enclose(`${name} [`, Array.from(value as Uint8Array, show), ']', indent, lines);
  if (value instanceof ArrayBuffer) return enclose(`${name} [`, Array.from(new Uint8Array(value), show), ']', indent, lines);
  if (isIterable(value) && (name === 'Headers' || name === 'URLSearchParams' || name === 'FormData')) {
    return enclose(`${name} {`, Array.from(value as Iterable<[string, unknown]>, ([key, item]) => `${quote(key)} => ${show(item)}`), '}', indent, lines);
  }
  if (name === 'URL') return `URL ${String(value)}`;
  if (name === 'Request') return `Request ${(value as { method: string }).method} ${(value as { url: string }).url}`;
  if (name === 'Response') return `Response ${(value as { status: number }).status}`;
  const entries = Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  const head = name === 'Object' ? '{' : name === '' ? '[Object: null prototype] {' : `${name} {`;
  return enclose(head, entries.map((key) => `${nameOfKey(key)}: ${describe(value, key, show)}`), '}', indent, lines);
}

/** A getter is not called, because it may do anything. */
function describe(value: object, key: string | symbol, show: (part: unknown) => string): string {
  const property = Object.getOwnPropertyDescriptor(value, key);
  return property !== undefined && 'value' in property ? show(property.value) : '[Getter]';
}

function enclose(open: string, parts: readonly string[], close: string, indent: string, lines: boolean): string {
  if (parts.length === 0) return open + close;
  const gap = open.endsWith('[') ? '' : ' ';
  const line = `${open}${gap}${parts.join(', ')}${gap}${close}`;
  if (!lines && line.length <= WIDTH && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}

function quote(text: string): string {
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  if (prototype === null) return '';
  const name = prototype.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

const nameOfKey = (key: string | symbol): string => typeof key === 'symbol' ? `[${String(key)}]` : IDENTIFIER.test(key) ? key : quote(key);
const isClass = (value: object): boolean => /^class\b/.test(Function.prototype.toString.call(value));
const isIterable = (value: object): boolean => typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function';
