// HTML: setTimeout, setInterval and their opposites. Each instance has numbers of its own for its timers: it can neither guess nor stop those of another.
import { currentGlobal } from '../../kernel/instance-global.ts';
import { perInstance } from '../../kernel/instances.ts';
import { createTable, type Table } from '../../kernel/intrinsics.ts';
import { settings } from '../../kernel/settings.ts';
import { requireArguments } from '../webidl/interface.ts';
import { returned } from './returned.ts';
import { startTimer, stopTimer } from './timers.ts';

const evaluate = globalThis.eval;
const { apply } = Reflect;

/** The numbers that scripts know, and those of timers.ts. */
interface Numbers { last: number; timers: Table<number> }
const numbers = perInstance((): Numbers => ({ last: 0, timers: createTable<number>() }));

export function setTimeout(handler: unknown, timeout: unknown = 0, ...values: unknown[]): number {
  requireArguments(arguments.length, 1, 'setTimeout');
  return start(timeout, runnerOf(handler, values, 'setTimeout'), false);
}

export function setInterval(handler: unknown, timeout: unknown = 0, ...values: unknown[]): number {
  requireArguments(arguments.length, 1, 'setInterval');
  return start(timeout, runnerOf(handler, values, 'setInterval'), true);
}

export function clearTimeout(id: unknown = 0): void { stop(id); }

export function clearInterval(id: unknown = 0): void { stop(id); }

function start(timeout: unknown, run: () => void, repeat: boolean): number {
  const delay = delayOf(timeout);
  const { timers } = numbers();
  const once = (): void => {
    delete timers[number];
    run();
  };
  const timer = startTimer(delay, repeat ? run : once, repeat);
  const number = ++numbers().last;
  timers[number] = timer;
  return number;
}

function stop(id: unknown): void {
  const number = Number(id) | 0;
  const { timers } = numbers();
  const timer = timers[number];
  if (timer === undefined) return;
  delete timers[number];
  stopTimer(timer);
}

/** A `long`, and not below zero. */
function delayOf(timeout: unknown): number {
  const delay = Number(timeout) | 0;
  return delay > 0 ? delay : 0;
}

function runnerOf(handler: unknown, values: unknown[], name: string): () => void {
  if (typeof handler === 'function') return () => { returned(handler, apply(handler as () => void, currentGlobal(), values)); };
  const code = `${handler as string}`;
  if (settings.surface === 'Contained') throw new EvalError(`${name}: code from strings is not allowed here; pass a function`);
  return () => { evaluate(code); };
}
