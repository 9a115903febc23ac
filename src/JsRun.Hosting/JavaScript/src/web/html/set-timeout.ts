// HTML: setTimeout, setInterval and their opposites.
import { settings } from '../../kernel/settings.ts';
import { requireArguments } from '../webidl/interface.ts';
import { returned } from './returned.ts';
import { startTimer, stopTimer } from './timers.ts';

const evaluate = globalThis.eval;
const { apply } = Reflect;

export function setTimeout(handler: unknown, timeout: unknown = 0, ...values: unknown[]): number {
  requireArguments(arguments.length, 1, 'setTimeout');
  return startTimer(delayOf(timeout), runnerOf(handler, values, 'setTimeout'));
}

export function setInterval(handler: unknown, timeout: unknown = 0, ...values: unknown[]): number {
  requireArguments(arguments.length, 1, 'setInterval');
  return startTimer(delayOf(timeout), runnerOf(handler, values, 'setInterval'), true);
}

export function clearTimeout(id: unknown = 0): void { stopTimer(Number(id) | 0); }

export function clearInterval(id: unknown = 0): void { stopTimer(Number(id) | 0); }

/** A `long`, and not below zero. */
function delayOf(timeout: unknown): number {
  const delay = Number(timeout) | 0;
  return delay > 0 ? delay : 0;
}

function runnerOf(handler: unknown, values: unknown[], name: string): () => void {
  if (typeof handler === 'function') return () => { returned(handler, apply(handler as () => void, globalThis, values)); };
  const code = `${handler as string}`;
  if (settings.surface === 'Contained') throw new EvalError(`${name}: code from strings is not allowed here; pass a function`);
  return () => { evaluate(code); };
}
