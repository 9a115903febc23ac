// Collects the tests of a file: describe, test, and what runs before and after them.

export type Body = () => unknown;
export type Mode = 'run' | 'skip' | 'only' | 'todo';

export interface Test { readonly kind: 'test'; readonly name: string; readonly mode: Mode; readonly body: Body; readonly timeout: number | undefined; readonly suite: Suite }

export interface Suite {
  readonly kind: 'suite';
  readonly name: string;
  readonly mode: Mode;
  readonly parent: Suite | undefined;
  readonly entries: (Suite | Test)[];
  readonly hooks: Record<HookKind, Body[]>;
}

export type HookKind = 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach';

const createSuite = (name: string, mode: Mode, parent?: Suite): Suite => ({ kind: 'suite', name, mode, parent, entries: [], hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] } });

export const root = createSuite('', 'run');

let current = root;
let closed = false;

/** From now on nothing can be added: the tests run. */
export function close(): void {
  closed = true;
}

function check(what: string): void {
  if (closed) throw new Error(`${what} was called while the tests run: call it at the top level of the file, or in describe.`);
}

export interface TestOptions { timeout?: number }

function addTest(name: string, body: Body | undefined, options: TestOptions | number | undefined, mode: Mode): void {
  check('test');
  if (typeof name !== 'string') throw new TypeError('test needs a name.');
  if (body === undefined && mode !== 'todo') throw new TypeError(`The test '${name}' has no function: use test.todo if it is to be written.`);
  current.entries.push({ kind: 'test', name, mode, body: body ?? (() => {}), timeout: typeof options === 'number' ? options : options?.timeout, suite: current });
}

function addSuite(name: string, body: Body, mode: Mode): void {
  check('describe');
  const outer = current;
  const suite = createSuite(name, mode, outer);
  outer.entries.push(suite);
  current = suite;
  try {
    if (typeof (body() as PromiseLike<unknown> | undefined)?.then === 'function') throw new TypeError(`describe('${name}') has an async function: its tests must be there when it returns.`);
  } finally {
    current = outer;
  }
}

/** `%s` and the like stand for the arguments in turn, `$name` for a property of the first. */
function nameOf(template: string, args: readonly unknown[], i: number): string {
  let used = 0;
  return template
    .replaceAll(/%[sdifjop#%]/g, (token) => token === '%%' ? '%' : token === '%#' ? String(i) : used >= args.length ? token : token === '%j' || token === '%o' ? JSON.stringify(args[used++]) : String(args[used++]))
    .replaceAll(/\$(\w+)/g, (token, key: string) => typeof args[0] === 'object' && args[0] !== null && key in args[0] ? String((args[0] as Record<string, unknown>)[key]) : token);
}

const each = (add: (name: string, body: Body, options: TestOptions | number | undefined) => void) => (cases: readonly unknown[]) =>
  (name: string, body: (...args: never[]) => unknown, options?: TestOptions | number): void => {
    for (const [i, item] of cases.entries()) {
      const args = Array.isArray(item) ? item : [item];
      add(nameOf(name, args, i), () => body(...args as never[]), options);
    }
  };

type AddTest = (name: string, body?: Body, options?: TestOptions | number) => void;
type AddSuite = (name: string, body: Body) => void;

/** Adds a test. */
export const test = Object.assign(((name, body, options) => { addTest(name, body, options, 'run'); }) as AddTest, {
  skip: ((name, body, options) => { addTest(name, body ?? (() => {}), options, 'skip'); }) as AddTest,
  only: ((name, body, options) => { addTest(name, body, options, 'only'); }) as AddTest,
  todo: (name: string): void => { addTest(name, undefined, undefined, 'todo'); },
  each: each((name, body, options) => { addTest(name, body, options, 'run'); }),
});

/** Groups tests. */
export const describe = Object.assign(((name, body) => { addSuite(name, body, 'run'); }) as AddSuite, {
  skip: ((name, body) => { addSuite(name, body, 'skip'); }) as AddSuite,
  only: ((name, body) => { addSuite(name, body, 'only'); }) as AddSuite,
  each: each((name, body) => { addSuite(name, body, 'run'); }),
});

const hook = (kind: HookKind) => (body: Body): void => {
  check(kind);
  current.hooks[kind].push(body);
};

export const beforeAll = hook('beforeAll');
export const afterAll = hook('afterAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
