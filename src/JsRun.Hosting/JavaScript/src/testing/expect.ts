// expect(actual).toEqual(expected), and what it says where that does not hold.
import { AssertionError } from './assertion-error.ts';
import { diffLines } from './diff.ts';
import { contains, equal, matches, type Matcher } from './equal.ts';
import { format, shown } from './format.ts';
import { isMock, type MockFunction } from './mock.ts';

interface Check {
  pass: boolean;
  /** What was expected of the value, such as "to equal 2". */
  expected: string;
  /** For a comparison: both sides. */
  sides?: readonly [expected: unknown, actual: unknown];
  /** What there is instead, if it is not the value itself. */
  instead?: string;
}

type Checks = Record<string, (actual: unknown, ...args: never[]) => Check>;
type Thrown = string | RegExp | Error | (new (...args: never[]) => Error);

const checks = {
  toBe: (actual, expected: unknown) => ({
    pass: Object.is(actual, expected),
    expected: `to be ${format(expected)}${!Object.is(actual, expected) && equal(actual, expected) ? ' (it is equal, and another object: use toEqual)' : ''}`,
    sides: [expected, actual],
  }),
  toEqual: (actual, expected: unknown) => ({ pass: equal(actual, expected), expected: `to equal ${format(expected)}`, sides: [expected, actual] }),
  toStrictEqual: (actual, expected: unknown) => ({ pass: equal(actual, expected, true), expected: `to strictly equal ${format(expected)}`, sides: [expected, actual] }),
  toMatchObject: (actual, expected: object) => ({ pass: contains(actual, expected), expected: `to match ${format(expected)}`, sides: [expected, actual] }),
  toBeDefined: (actual) => ({ pass: actual !== undefined, expected: 'to be defined' }),
  toBeUndefined: (actual) => ({ pass: actual === undefined, expected: 'to be undefined' }),
  toBeNull: (actual) => ({ pass: actual === null, expected: 'to be null' }),
  toBeNaN: (actual) => ({ pass: Number.isNaN(actual), expected: 'to be NaN' }),
  toBeTruthy: (actual) => ({ pass: Boolean(actual), expected: 'to be truthy' }),
  toBeFalsy: (actual) => ({ pass: !actual, expected: 'to be falsy' }),
  toBeGreaterThan: (actual, limit: number | bigint) => ({ pass: isNumeric(actual) && actual > limit, expected: `to be greater than ${format(limit)}` }),
  toBeGreaterThanOrEqual: (actual, limit: number | bigint) => ({ pass: isNumeric(actual) && actual >= limit, expected: `to be at least ${format(limit)}` }),
  toBeLessThan: (actual, limit: number | bigint) => ({ pass: isNumeric(actual) && actual < limit, expected: `to be less than ${format(limit)}` }),
  toBeLessThanOrEqual: (actual, limit: number | bigint) => ({ pass: isNumeric(actual) && actual <= limit, expected: `to be at most ${format(limit)}` }),
  toBeCloseTo: (actual, expected: number, digits = 2) => ({
    pass: actual === expected || (typeof actual === 'number' && Math.abs(actual - expected) < 10 ** -digits / 2),
    expected: `to be ${expected}, to ${digits} digits`,
  }),
  toBeInstanceOf: (actual, type: new (...args: never[]) => unknown) => ({ pass: actual instanceof type, expected: `to be an instance of ${type.name}` }),
  toBeTypeOf: (actual, type: string) => ({ pass: typeof actual === type, expected: `to be of the type ${type}`, instead: typeof actual }),
  toContain: (actual, part: unknown) => ({
    pass: typeof actual === 'string' ? actual.includes(String(part)) : [...(actual as Iterable<unknown>)].includes(part),
    expected: `to contain ${format(part)}`,
  }),
  toContainEqual: (actual, part: unknown) => ({ pass: [...(actual as Iterable<unknown>)].some((item) => equal(item, part)), expected: `to contain something equal to ${format(part)}` }),
  toHaveLength: (actual, length: number) => ({
    pass: (actual as { length?: unknown } | null)?.length === length,
    expected: `to have the length ${length}`,
    instead: `${format(actual)}, whose length is ${format((actual as { length?: unknown } | null)?.length)},`,
  }),
  toHaveProperty: (actual, path: string | readonly PropertyKey[], ...value: unknown[]) => {
    const found = follow(actual, typeof path === 'string' ? path.split('.') : path);
    return {
      pass: found !== undefined && (value.length === 0 || equal(found.value, value[0])),
      expected: `to have the property ${format(typeof path === 'string' ? path : path.join('.'))}${value.length === 0 ? '' : ` equal to ${format(value[0])}`}`,
      ...(found !== undefined && value.length > 0 && { sides: [value[0], found.value] as const }),
    };
  },
  toMatch: (actual, pattern: string | RegExp) => ({
    pass: typeof actual === 'string' && (typeof pattern === 'string' ? actual.includes(pattern) : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(actual)),
    expected: `to match ${format(pattern)}`,
  }),
  toThrow: (actual, expected?: Thrown) => {
    if (typeof actual !== 'function') throw new TypeError('toThrow needs a function: write expect(() => …).toThrow(), or await expect(promise).rejects.toThrow().');
    try {
      actual();
    } catch (error) {
      return checkThrown(error, expected);
    }
    return { pass: false, expected: describeThrown(expected), instead: 'a call that threw nothing' };
  },
  toHaveBeenCalled: (actual) => ({ pass: callsOf(actual).length > 0, expected: 'to have been called', instead: describeCalls(actual) }),
  toHaveBeenCalledTimes: (actual, count: number) => ({ pass: callsOf(actual).length === count, expected: `to have been called ${times(count)}`, instead: describeCalls(actual) }),
  toHaveBeenCalledWith: (actual, ...args: unknown[]) => ({
    pass: callsOf(actual).some((call) => equal(call, args)),
    expected: `to have been called with ${format(args)}`,
    ...(callsOf(actual).length === 1 ? { sides: [args, callsOf(actual)[0]] as const } : { instead: describeCalls(actual) }),
  }),
  toHaveBeenLastCalledWith: (actual, ...args: unknown[]) => ({
    pass: callsOf(actual).length > 0 && equal(callsOf(actual).at(-1), args),
    expected: `to have been called last with ${format(args)}`,
    ...(callsOf(actual).length > 0 ? { sides: [args, callsOf(actual).at(-1)] as const } : { instead: describeCalls(actual) }),
  }),
} satisfies Checks;

type Matchers<R> = { [K in keyof typeof checks]: (typeof checks)[K] extends (actual: never, ...args: infer A) => unknown ? (...args: A) => R : never };

export interface Expectation extends Matchers<void> {
  readonly not: Matchers<void>;
  readonly resolves: Matchers<Promise<void>> & { readonly not: Matchers<Promise<void>> };
  readonly rejects: Matchers<Promise<void>> & { readonly not: Matchers<Promise<void>> };
}

function expectValue(actual: unknown): Expectation {
  return {
    ...matchers((check, args) => { verify(check(actual, ...args), actual, false); }),
    not: matchers((check, args) => { verify(check(actual, ...args), actual, true); }),
    resolves: {
      ...matchers(async (check, args) => { const value = await resolved(actual); verify(check(value, ...args), value, false); }),
      not: matchers(async (check, args) => { const value = await resolved(actual); verify(check(value, ...args), value, true); }),
    },
    rejects: {
      ...matchers(async (check, args) => { const reason = await rejected(actual); verify(rejection(check, reason, args), reason, false); }),
      not: matchers(async (check, args) => { const reason = await rejected(actual); verify(rejection(check, reason, args), reason, true); }),
    },
  };
}

type AnyCheck = (actual: unknown, ...args: unknown[]) => Check;

function matchers<R>(run: (check: AnyCheck, args: unknown[]) => R): Matchers<R> {
  return Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, (...args: unknown[]) => run(check as AnyCheck, args)])) as unknown as Matchers<R>;
}

/** What a promise was rejected with is what toThrow is about. */
const rejection = (check: AnyCheck, reason: unknown, args: unknown[]): Check => check === checks.toThrow as AnyCheck ? checkThrown(reason, args[0] as Thrown | undefined) : check(reason, ...args);

async function resolved(actual: unknown): Promise<unknown> {
  try {
    return await actual;
  } catch (error) {
    throw new AssertionError(`Expected a promise that resolves.\nIt was rejected with ${format(error)}.`, { cause: error });
  }
}

async function rejected(actual: unknown): Promise<unknown> {
  let value: unknown;
  try {
    value = await (typeof actual === 'function' ? actual() as unknown : actual);
  } catch (error) {
    return error;
  }
  throw new AssertionError(`Expected a promise that is rejected.\nIt resolved to ${format(value)}.`);
}

function verify(check: Check, actual: unknown, negated: boolean): void {
  if (check.pass !== negated) return;
  if (negated) throw new AssertionError(`Expected ${check.instead ?? format(actual)} not ${check.expected}.`);
  throw new AssertionError(`Expected ${check.instead ?? format(check.sides?.[1] ?? actual)} ${check.expected}.${check.sides === undefined ? '' : difference(...check.sides)}`);
}

/** Nothing where both are one line, which the message has. */
function difference(expected: unknown, actual: unknown): string {
  const texts = [expected, actual].map((side) => typeof side === 'string' && side.includes('\n') ? side : format(side, { lines: true })) as [string, string];
  return texts.some((text) => text.includes('\n')) && texts[0] !== texts[1] ? `\n\n- expected\n+ actual\n\n${diffLines(...texts)}` : '';
}

function checkThrown(error: unknown, expected: Thrown | undefined): Check {
  const message = error instanceof Error ? error.message : String(error);
  const pass = expected === undefined
    || (typeof expected === 'string' ? message.includes(expected)
      : expected instanceof RegExp ? expected.test(message)
        : typeof expected === 'function' ? error instanceof expected
          : message === expected.message);
  return { pass, expected: describeThrown(expected), instead: `a call that threw ${format(error)}` };
}

const describeThrown = (expected: Thrown | undefined): string => expected === undefined ? 'to throw' : `to throw ${typeof expected === 'function' ? `a ${expected.name}` : `an error with ${format(expected)}`}`;

function callsOf(actual: unknown): MockFunction['mock']['calls'] {
  if (!isMock(actual)) throw new TypeError('Calls are known of a function that fn() or spyOn() made.');
  return actual.mock.calls;
}

function describeCalls(actual: unknown): string {
  const calls = callsOf(actual);
  return calls.length === 0 ? 'a function that was never called' : `a function that was called ${times(calls.length)} (${calls.slice(0, 5).map((call) => format(call)).join(', ')}${calls.length > 5 ? ', …' : ''})`;
}

const times = (count: number): string => count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
const isNumeric = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

function follow(value: unknown, path: readonly PropertyKey[]): { value: unknown } | undefined {
  let current = value;
  for (const key of path) {
    if (current === null || current === undefined || !(key in Object(current))) return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return { value: current };
}

const standIn = (text: string, test: (actual: unknown) => boolean): Matcher => ({ [matches]: test, [shown]: () => text }) as Matcher;

const primitives = new Map<unknown, string>([[String, 'string'], [Number, 'number'], [Boolean, 'boolean'], [BigInt, 'bigint'], [Symbol, 'symbol'], [Function, 'function']]);

/** Begins an expectation. */
export const expect = Object.assign(expectValue, {
  any: (type: { name: string }) => standIn(`any ${type.name}`, (actual) => typeof actual === primitives.get(type) || actual instanceof (type as unknown as new () => object)),
  anything: () => standIn('anything', (actual) => actual !== null && actual !== undefined),
  stringContaining: (part: string) => standIn(`a string that contains ${format(part)}`, (actual) => typeof actual === 'string' && actual.includes(part)),
  stringMatching: (pattern: RegExp) => standIn(`a string that matches ${pattern}`, (actual) => typeof actual === 'string' && pattern.test(actual)),
  objectContaining: (part: object) => standIn(`an object that contains ${format(part)}`, (actual) => contains(actual, part)),
  arrayContaining: (parts: readonly unknown[]) => standIn(`an array that contains ${format(parts)}`, (actual) => Array.isArray(actual) && parts.every((part) => actual.some((item) => equal(item, part)))),
});
