// What the prompt of `jsrun repl` asks its runtime: how a value is shown, whether a text is complete, and what may follow a name.
import { format } from './format.ts';

const PROBE = 'throw undefined;';
const DECLARATION = /^\s*(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=(?!=)([\s\S]*?);?\s*$/u;
const STATEMENT = /^\s*(?:async\s+function|function|class)\b\s*\*?\s*[\p{ID_Start}$_]/u;
const EXPRESSION_END = /;\s*$/;
const PATH = /(?:[\p{ID_Continue}$]+\.)*[\p{ID_Continue}$]*$/u;

// oxlint-disable-next-line no-eval -- a script of its own, in the scope of all scripts
const run = globalThis.eval;

/** The mistake in a text that is not run. */
function mistakeIn(text: string): SyntaxError | undefined {
  try {
    run(PROBE + text);
  } catch (error) {
    return error instanceof SyntaxError ? error : undefined;
  }
  return undefined;
}

/** Whether the text is one that more lines may complete. */
function isIncomplete(code: string): boolean {
  if (mistakeIn(`async()=>{${code}\n}`) === undefined) return false;
  const error = mistakeIn(`async()=>{${code}\n`);
  return error !== undefined && /end of input|Unterminated template|missing \)/.test(error.message);
}

const isExpression = (code: string): boolean => mistakeIn(`async()=>(${code}\n)`) === undefined;

/** Whether no comma separates it from the next declaration. */
const isOneValue = (value: string): boolean => mistakeIn(`async()=>{for(const _ of ${value}\n);}`) === undefined;

/** Makes a script of what was entered: its value is the text to show, or undefined. */
function prepare(code: string): string {
  const expression = code.replace(EXPRESSION_END, '');
  if (/^\s*$/.test(expression)) return '';
  if (!STATEMENT.test(code) && isExpression(expression)) return `$repl.show(async () => (${expression}\n))`;
  const [, name, value] = DECLARATION.exec(code) ?? [];
  // A name can be declared again, and its value may be awaited.
  if (name !== undefined && value !== undefined && isOneValue(value)) return `var ${name}; $repl.set(async () => { ${name} = (${value}\n); })`;
  return /\bawait\b/.test(code) && mistakeIn(code) !== undefined ? `$repl.set(async () => { ${code}\n })` : `${code}\n;void 0`;
}

async function show(evaluate: () => Promise<unknown>): Promise<string | undefined> {
  const value = await evaluate();
  (globalThis as Record<string, unknown>)._ = value;
  return value === undefined ? undefined : format(value);
}

async function set(evaluate: () => Promise<void>): Promise<undefined> {
  await evaluate();
}

/** The names that the end of the text may go on with, as an array of whole words, and where the word begins. */
function complete(text: string): { start: number; names: string[] } {
  const [path = ''] = PATH.exec(text) ?? [];
  const parts = path.split('.');
  const prefix = parts.pop() ?? '';
  const start = text.length - prefix.length;
  let object: unknown = globalThis;
  if (parts.length > 0) {
    const [head, ...rest] = parts as [string, ...string[]];
    object = valueOf(head);
    for (const part of rest) object = readData(object, part);
  }
  const names = new Set<string>();
  for (let from = toObject(object); from !== null; from = Object.getPrototypeOf(from) as object | null) {
    for (const name of Object.getOwnPropertyNames(from)) if (name.startsWith(prefix) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) names.add(name);
  }
  return { start, names: [...names].filter((name) => prefix !== '' || !name.startsWith('__')).sort() };
}

/** What scripts have declared is no property of the global object. */
function valueOf(name: string): unknown {
  if (/^\d/.test(name)) return undefined;
  try {
    return run(`typeof ${name} === 'undefined' ? undefined : ${name}`) as unknown;
  } catch {
    return undefined;
  }
}

/** Getters are not called, because they may do anything. */
function readData(object: unknown, name: string): unknown {
  for (let from = toObject(object); from !== null; from = Object.getPrototypeOf(from) as object | null) {
    const property = Object.getOwnPropertyDescriptor(from, name);
    if (property !== undefined) return property.value;
  }
  return undefined;
}

const toObject = (value: unknown): object | null => value === null || value === undefined ? null : Object(value) as object;

Object.defineProperty(globalThis, '$repl', { value: Object.freeze({ isIncomplete, prepare, show, set, complete }) });
