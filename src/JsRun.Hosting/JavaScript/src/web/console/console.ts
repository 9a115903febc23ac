// Console: the namespace object. Lines go to the host with their level; output.ts limits them.
import { host } from '../../kernel/host.ts';
import { type Instance, perInstance } from '../../kernel/instances.ts';
import { HostOp, LogLevel } from '../../kernel/ops.ts';
import { format } from './format.ts';
import { inspect } from './inspect.ts';
import { isWritable, write } from './output.ts';
import { table } from './table.ts';

const MOST_DEPTH = 100;

const state = perInstance(() => ({
  counts: new Map<string, number>(),
  timers: new Map<string, number>(),
  indent: '',
  /** Groups that are open but no longer shown by indentation. */
  depthBeyond: 0,
}));

function print(level: LogLevel, values: readonly unknown[]): void {
  if (!isWritable()) return;
  const text = format(values);
  const { indent } = state();
  write(level, indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`));
}

const labelOf = (label: unknown) => (label === undefined ? 'default' : `${label as string}`);

/** The option `depth`, as Node.js has it: levels of objects below the value, or `null` for all, up to a maximum. */
function depthOf(options: { depth?: unknown } | null | undefined): number | undefined {
  const depth = options?.depth;
  if (depth === undefined) return undefined;
  return depth === null ? MOST_DEPTH : Math.min(Math.max(Math.trunc(Number(depth)) || 0, 0) + 1, MOST_DEPTH);
}

function elapsed(label: string): string | undefined {
  const start = state().timers.get(label);
  if (start === undefined) {
    print(LogLevel.Warning, [`There is no timer "${label}"`]);
    return undefined;
  }
  return `${label}: ${Math.round(((host(HostOp.Now) as number) - start) * 1000) / 1000}ms`;
}

function group(values: readonly unknown[]): void {
  if (values.length > 0) print(LogLevel.Information, values);
  const its = state();
  if (its.indent.length < 64) its.indent += '  ';
  else its.depthBeyond++;
}

const members = {
  assert(condition: unknown = false, ...values: unknown[]) {
    if (condition) return;
    const [first, ...rest] = values;
    print(LogLevel.Error, typeof first === 'string' ? [`Assertion failed: ${first}`, ...rest] : ['Assertion failed', ...values]);
  },
  clear() {
    const its = state();
    its.indent = '';
    its.depthBeyond = 0;
  },
  debug(...values: unknown[]) { print(LogLevel.Debug, values); },
  error(...values: unknown[]) { print(LogLevel.Error, values); },
  info(...values: unknown[]) { print(LogLevel.Information, values); },
  log(...values: unknown[]) { print(LogLevel.Information, values); },
  table(data: unknown = undefined, columns: unknown = undefined) { if (isWritable()) print(LogLevel.Information, [table(data, columns) ?? data]); },
  trace(...values: unknown[]) {
    if (!isWritable()) return;
    const { stack } = new Error();
    const from = typeof stack === 'string' ? stack.indexOf('\n') : -1;
    print(LogLevel.Trace, [`Trace: ${format(values)}${from < 0 ? '' : stack!.slice(from)}`]);
  },
  warn(...values: unknown[]) { print(LogLevel.Warning, values); },
  dir(value: unknown = undefined, options: { depth?: unknown } | null | undefined = undefined) { if (isWritable()) print(LogLevel.Information, ['%s', inspect(value, depthOf(options))]); },
  dirxml(...values: unknown[]) { print(LogLevel.Information, values); },
  count(label: unknown = 'default') {
    const name = labelOf(label);
    const { counts } = state();
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    print(LogLevel.Information, [`${name}: ${count}`]);
  },
  countReset(label: unknown = 'default') {
    if (!state().counts.delete(labelOf(label))) print(LogLevel.Warning, [`There is no count "${labelOf(label)}"`]);
  },
  group(...values: unknown[]) { group(values); },
  groupCollapsed(...values: unknown[]) { group(values); },
  groupEnd() {
    const its = state();
    if (its.depthBeyond > 0) its.depthBeyond--;
    else its.indent = its.indent.slice(2);
  },
  time(label: unknown = 'default') {
    const name = labelOf(label);
    const { timers } = state();
    if (timers.has(name)) print(LogLevel.Warning, [`The timer "${name}" runs already`]);
    else timers.set(name, host(HostOp.Now) as number);
  },
  timeLog(label: unknown = 'default', ...values: unknown[]) {
    const text = elapsed(labelOf(label));
    if (text !== undefined) print(LogLevel.Information, [text, ...values]);
  },
  timeEnd(label: unknown = 'default') {
    const text = elapsed(labelOf(label));
    state().timers.delete(labelOf(label));
    if (text !== undefined) print(LogLevel.Information, [text]);
  },
};

/** As the standard has it: a namespace object on an empty prototype of its own. */
function makeConsole(): object {
  const made = Object.assign(Object.create({}) as object, members);
  Object.defineProperty(made, Symbol.toStringTag, { value: 'console', configurable: true });
  return made;
}

/** An object of its own for each instance, because scripts assign to it. */
export const consoleOf: (of?: Instance) => object = perInstance(makeConsole);
