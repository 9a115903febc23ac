// Writes a thrown value as text that the host can trust: JSON of { name, message, stack, cause? }, made with captured intrinsics.
// Reading a thrown object runs user code (getters, proxies), so every read is guarded, and the length of the text is bounded.
import { isError } from './when-live.ts';

const { stringify } = JSON;
const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const StringOf = String;
const call = Function.prototype.call;
const slice = call.bind(String.prototype.slice) as (s: string, from: number, to: number) => string;

const MOST = 16 * 1024;

/** The number of the host error that an error of a script stands for, or 0: the bindings make such errors, and find them again. */
export let hostErrorOf: (error: object) => number = () => 0;

export function findHostErrorsBy(find: (error: object) => number): void { hostErrorOf = find; }

export interface ErrorText { name: string; message: string; stack: string; thrown?: string; cause?: ErrorText; code?: string; host?: number }

/** Getters are called for errors only; of other objects only data properties are read, as the standard has it for `reportError`. */
function read(target: object, key: string, isError: boolean): string | undefined {
  try {
    const value = isError ? (target as Record<string, unknown>)[key] : open(target, key);
    return typeof value === 'string' ? slice(value, 0, MOST) : undefined;
  } catch {
    return undefined;
  }
}

function open(target: object, key: string): unknown {
  for (let holder: object | null = target; holder !== null; holder = getPrototypeOf(holder)) {
    const property = getOwnPropertyDescriptor(holder, key);
    if (property !== undefined) return property.value;
  }
  return undefined;
}

function text(value: unknown): string {
  try {
    return slice(typeof value === 'string' ? value : StringOf(value), 0, MOST);
  } catch {
    return '[value that cannot be shown]';
  }
}

export function describe(value: unknown, depth = 0): ErrorText {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    const shown = text(value);
    return { __proto__: null, name: 'Error', message: shown, stack: '', thrown: typeof value } as unknown as ErrorText;
  }
  const error = safeIsError(value);
  const result = { __proto__: null, name: read(value, 'name', error) ?? 'Error', message: read(value, 'message', error) ?? text(value), stack: read(value, 'stack', error) ?? '' } as unknown as ErrorText;
  const code = read(value, 'code', error);
  if (code !== undefined) result.code = code;
  const hostError = hostErrorOf(value);
  if (hostError !== 0) result.host = hostError;
  if (!error) result.thrown = 'object';
  if (depth < 4) {
    try {
      const cause = error ? (value as { cause?: unknown }).cause : open(value, 'cause');
      if (cause !== undefined) result.cause = describe(cause, depth + 1);
    } catch { /* a getter that throws has no cause to tell */ }
  }
  return result;
}

function safeIsError(value: unknown): boolean {
  try { return isError(value); } catch { return false; }
}

const OVERFLOW = '{"name":"RangeError","message":"Maximum call stack size exceeded","stack":""}';
/** Arguments of eight kilobytes, which is more stack than describing an error takes: with less, parts of the error would be left out. */
const room = Object.freeze(new Array(1024).fill(0)) as unknown[];
const nothing = () => { /* its arguments take the stack that is asked for */ };

/** Throws V8's RangeError if the stack is nearly exhausted: the thrown value cannot be described then, and it is very likely that RangeError itself. */
export function needRoom(): void { apply(nothing, undefined, room); }

/** Throws nothing but a stack overflow, which the trampoline catches. */
export function errorText(value: unknown): string {
  try {
    needRoom();
  } catch {
    return OVERFLOW;
  }
  return stringify(describe(value));
}
