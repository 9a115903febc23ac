// Runs the tests of a file, one after the other, and reports each.
import { restoreFetch, verifyFetch } from './fake-fetch.ts';
import { restoreTime } from './fake-time.ts';
import { format } from './format.ts';
import { real } from './globals.ts';
import { restoreAll } from './mock.ts';
import { close, root, type Body, type Mode, type Suite, type Test } from './suite.ts';

export interface Settings {
  /** Milliseconds for each test and hook. */
  readonly timeout: number;
  /** A regular expression: tests whose full name does not match are left out. */
  readonly filter: string | null;
}

export type Report =
  | { readonly kind: 'begin'; readonly name: string; readonly timeout: number }
  | { readonly kind: 'end'; readonly name: string; readonly outcome: 'passed' | 'failed' | 'skipped' | 'todo'; readonly milliseconds: number; readonly error: string | null };

type Send = (report: Report) => void;

/** Runs all tests that have been added. */
export async function run(settings: Settings, send: Send): Promise<void> {
  close();
  const pattern = settings.filter === null ? null : new RegExp(settings.filter, 'i');
  const chosen = testsOf(root).filter((test) => pattern === null || pattern.test(fullName(test)));
  const isChosen = chosen.some(({ mode, suite }) => mode === 'only' || within(suite, 'only'))
    ? ({ mode, suite }: Test): boolean => mode === 'only' || within(suite, 'only')
    : (): boolean => true;
  await runSuite(root, new Set(chosen), isChosen, settings, send, undefined);
}

async function runSuite(suite: Suite, chosen: ReadonlySet<Test>, isChosen: (test: Test) => boolean, settings: Settings, send: Send, broken: string | undefined): Promise<void> {
  const tests = testsOf(suite).filter((test) => chosen.has(test));
  if (tests.length === 0) return;
  const runs = tests.some((test) => isChosen(test) && !isSkipped(test));
  let failure = broken;
  if (runs && failure === undefined) failure = await runHooks(suite.hooks.beforeAll, `beforeAll of ${suite.name || 'the file'}`, settings, send);
  for (const entry of suite.entries) {
    if (entry.kind === 'suite') await runSuite(entry, chosen, isChosen, settings, send, failure);
    else if (chosen.has(entry)) await runTest(entry, isChosen(entry), settings, send, failure);
  }
  if (!runs) return;
  const late = await runHooks(suite.hooks.afterAll, `afterAll of ${suite.name || 'the file'}`, settings, send);
  if (late !== undefined) send({ kind: 'end', name: `${suite.name || 'the file'} (afterAll)`, outcome: 'failed', milliseconds: 0, error: late });
}

async function runTest(test: Test, isChosen: boolean, settings: Settings, send: Send, broken: string | undefined): Promise<void> {
  const name = fullName(test);
  const finish = (outcome: 'passed' | 'failed' | 'skipped' | 'todo', milliseconds = 0, error: string | null = null): void => { send({ kind: 'end', name, outcome, milliseconds, error }); };
  if (test.mode === 'todo') {
    finish('todo');
    return;
  }
  if (!isChosen || isSkipped(test)) {
    finish('skipped');
    return;
  }
  if (broken !== undefined) {
    finish('failed', 0, broken);
    return;
  }
  const timeout = test.timeout ?? settings.timeout;
  const begun = real.now();
  const suites = chainOf(test.suite);
  send({ kind: 'begin', name, timeout });
  const before = suites.flatMap((suite) => suite.hooks.beforeEach);
  const after = suites.toReversed().flatMap((suite) => suite.hooks.afterEach);
  let error = await attempt(async () => {
    for (const body of before) await limited(body, timeout);
    await limited(test.body, timeout);
    verifyFetch();
  });
  for (const body of after) {
    // Each of them runs, whatever has failed.
    const late = await attempt(() => limited(body, timeout));
    error ??= late;
  }
  restoreFetch();
  restoreTime();
  restoreAll();
  finish(error === undefined ? 'passed' : 'failed', real.now() - begun, error ?? null);
}

/** Returns what went wrong. */
async function runHooks(hooks: readonly Body[], name: string, settings: Settings, send: Send): Promise<string | undefined> {
  for (const body of hooks) {
    send({ kind: 'begin', name, timeout: settings.timeout });
    const error = await attempt(() => limited(body, settings.timeout));
    if (error !== undefined) return `${name} failed.\n${error}`;
  }
  return undefined;
}

/** Runs a function within a limit of time. What is still running then goes on, unseen. */
function limited(body: Body, timeout: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = real.setTimeout(() => { reject(new Error(`It took longer than ${timeout} ms. Is there a promise that nobody resolves? A test may take longer with test(name, body, { timeout }).`)); }, timeout);
    const settle = (finish: () => void) => () => {
      real.clearTimeout(timer);
      finish();
    };
    Promise.resolve().then(body).then((value) => { settle(() => { resolve(value); })(); }, (error: unknown) => { settle(() => { reject(error as Error); })(); });
  });
}

async function attempt(body: () => unknown): Promise<string | undefined> {
  try {
    await body();
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

/** The message and where in the test's own files it was thrown. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `Thrown: ${format(error)}`;
  const head = error.name === 'AssertionError' ? error.message : `${error.name}: ${error.message}`;
  const frames = (typeof error.stack === 'string' ? error.stack : '').split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('jsrun:test') && !line.includes('jsrun://static/'));
  return [head, ...frames.slice(0, 8)].join('\n');
}

const testsOf = (suite: Suite): Test[] => suite.entries.flatMap((entry) => entry.kind === 'test' ? [entry] : testsOf(entry));
const chainOf = (suite: Suite): Suite[] => suite.parent === undefined ? [suite] : [...chainOf(suite.parent), suite];
const within = (suite: Suite, mode: Mode): boolean => chainOf(suite).some((outer) => outer.mode === mode);
const isSkipped = ({ mode, suite }: Test): boolean => mode === 'skip' || mode === 'todo' || within(suite, 'skip');
const fullName = ({ name, suite }: Test): string => [...chainOf(suite).map((outer) => outer.name), name].filter((part) => part !== '').join(' > ');
