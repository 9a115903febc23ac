// How the console shows objects that have more than properties, such as maps and errors.
import { isDOMException } from '../webidl/dom-exception.ts';
import { isMade } from '../webidl/interface.ts';
import { classNameOf, type Inspector } from './inspect.ts';
import { summarize } from './summaries.ts';

export interface Special {
  /** The text before the brackets, or the whole text if `whole` is set. */
  head: string;
  whole?: boolean;
  brackets?: [open: string, close: string];
  items?: string[];
  /** How many items are not in `items`. */
  more?: number;
  /** Own properties are not shown at all. */
  closed?: boolean;
  /** Own properties that are shown already. */
  skip?: (key: PropertyKey) => boolean;
}

const MOST = 100;
/** The keys of a longer array are not listed, because finding those that are not indexes takes too long. */
const LARGE = 10_000;
const isIndex = (key: PropertyKey) => typeof key === 'string' && /^\d+$/.test(key);
const { toString } = Object.prototype;

export function inspectSpecial(value: object, inspector: Inspector): Special | undefined {
  if (typeof value === 'function') return { head: functionHead(value), skip: () => false };
  const name = classNameOf(Object.getPrototypeOf(value) as object | null) ?? 'Object';
  if (Array.isArray(value)) return listOf(name === 'Array' ? '' : `${name}(${value.length})`, value, inspector);
  if (isErrorLike(value)) return errorOf(value as Error, inspector);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return listOf(`${name}(${(value as Uint8Array).length})`, value as Uint8Array, inspector);
  if (value instanceof Map) {
    const items: string[] = [];
    for (const [key, member] of value) if (items.length < MOST) items.push(`${inspector.inspect(key)} => ${inspector.inspect(member)}`);
    return { head: `${name}(${value.size})`, items, ...moreOf(value.size) };
  }
  if (value instanceof Set) {
    const items: string[] = [];
    for (const member of value) if (items.length < MOST) items.push(inspector.inspect(member));
    return { head: `${name}(${value.size})`, items, ...moreOf(value.size) };
  }
  if (value instanceof ArrayBuffer) return { head: name, items: [`byteLength: ${value.byteLength}`] };
  if (value instanceof Date) return { head: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString() };
  if (value instanceof RegExp) return { head: RegExp.prototype.toString.call(value) };
  if (value instanceof WeakMap || value instanceof WeakSet) return { head: name, items: ['<items unknown>'] };
  const boxed = /^\[object (Boolean|Number|String)\]$/.exec(toString.call(value))?.[1];
  if (boxed !== undefined) return { head: `[${boxed}: ${inspector.inspect((value as { valueOf(): unknown }).valueOf())}]`, skip: isIndex };
  const summary = summarize(value);
  return summary === undefined ? undefined : { head: name, items: inspector.members(summary) };
}

const moreOf = (size: number) => (size > MOST ? { more: size - MOST } : {});

function listOf(head: string, list: ArrayLike<unknown>, inspector: Inspector): Special {
  const items: string[] = [];
  let empty = 0;
  const flush = () => {
    if (empty > 0) items.push(`<${empty} empty item${empty === 1 ? '' : 's'}>`);
    empty = 0;
  };
  const length = Math.min(list.length, MOST);
  for (let i = 0; i < length; i++) {
    const property = Reflect.getOwnPropertyDescriptor(list, i);
    if (property === undefined) {
      empty++;
      continue;
    }
    flush();
    items.push('value' in property ? inspector.inspect(property.value) : '[Getter]');
  }
  flush();
  return { head, brackets: ['[', ']'], items, skip: isIndex, closed: list.length > LARGE, ...moreOf(list.length) };
}

function functionHead(value: object): string {
  const name: unknown = Reflect.getOwnPropertyDescriptor(value, 'name')?.value;
  const shown = typeof name === 'string' && name !== '' ? name : '(anonymous)';
  if (/^class\b/.test(Function.prototype.toString.call(value))) {
    const parent: unknown = (Object.getPrototypeOf(value) as { name?: unknown } | null)?.name;
    return `[class ${shown}${typeof parent === 'string' && parent !== '' ? ` extends ${parent}` : ''}]`;
  }
  const kind = classNameOf(Object.getPrototypeOf(value) as object | null) ?? 'Function';
  return `[${kind}: ${shown}]`;
}

function isErrorLike(value: object): boolean { return value instanceof Error || isMade('DOMException') && isDOMException(value); }

function errorOf(error: Error, inspector: Inspector): Special {
  const { stack } = error;
  const text = typeof stack === 'string' && stack !== '' ? stack : `[${String(error)}]`;
  const items = [];
  if (Object.hasOwn(error, 'cause')) items.push(`[cause]: ${inspector.inspect(error.cause)}`);
  if (error instanceof AggregateError) items.push(`[errors]: ${inspector.inspect(error.errors)}`);
  const skip = (key: PropertyKey) => key === 'cause' || key === 'errors' || key === 'stack' || key === 'message';
  const rest = inspector.members(error, skip);
  if (items.length === 0 && rest.length === 0) return { head: text, whole: true };
  return { head: text, items, skip };
}
