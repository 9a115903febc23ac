// How classic scripts are run (evaluate.ts). Evaluated in a context of its own, in which nothing of anybody's ever runs: what a script that V8 runs as a whole says is decided
// here, and no script can have changed what decides.
import { parse } from 'acorn';
import { positionAt } from '../text/lines.ts';
import { planAwait } from './await-plan.ts';
import { refusedDeclaration } from './declared.ts';
import { Planner, type Piece } from './plan.ts';
import { hasAwait, isLexical, type Node } from './syntax.ts';

/** As it crosses, in JSON: nothing is left out, so that whoever reads it asks no prototype. */
export interface ScriptPlan {
  /** The declarations, for V8 to run as a whole script; empty where there are none. */
  script: string;
  /** What `$jsrun` evaluates, by number. */
  pieces: Piece[];
  /** Of a script that awaits: what is evaluated afterwards, and gives a promise. */
  body: string | null;
  /** Where that stands in the author's script (text/positions.ts). */
  positions: string;
}

/** The plan of a script; with V8's message, the mistake in it. */
export function ask(code: string, mayAwait: boolean, message?: string, declares = false): string | undefined {
  return message === undefined ? plan(code, mayAwait) : findMistake(code, mayAwait, message, declares);
}

/** Gives the plan of a script, or nothing where it is evaluated as it is: V8 says what is wrong with it, if anything is. */
function plan(code: string, mayAwait: boolean): string | undefined {
  try {
    const made = planBody(code, parseScript(code, mayAwait), mayAwait);
    return made === undefined ? undefined : JSON.stringify(made);
  } catch {
    return undefined;
  }
}

/** Finds what V8 refused with a message: the place of a mistake in the text, or of the declaration of a name that has one already. Lines and columns count from 1. */
function findMistake(code: string, mayAwait: boolean, message: string, declares: boolean): string | undefined {
  try {
    const body = parseScript(code, mayAwait);
    const offset = declares ? refusedDeclaration(body, message) : undefined;
    return offset === undefined ? undefined : JSON.stringify({ message, ...positionAt(code, offset) });
  } catch (error) {
    const { pos, message: parsers } = error as { pos?: number; message: string };
    if (pos === undefined) return undefined;
    if (!message.startsWith('await is only valid')) return JSON.stringify({ message, ...positionAt(code, pos) });
    // V8 took it for a script that must not await. If it may, that is not the mistake; if not, it is what stands before the place where the parser no longer took it for a name.
    return JSON.stringify(mayAwait ? { message: parsers.replace(/\s*\(\d+:\d+\)$/, ''), ...positionAt(code, pos) } : { message, ...positionAt(code, Math.max(0, code.lastIndexOf('await', pos))) });
  }
}

const parseScript = (code: string, allowAwaitOutsideFunction: boolean): Node[] =>
  parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction, allowHashBang: true }).body as unknown as Node[];

function planBody(code: string, body: readonly Node[], mayAwait: boolean): ScriptPlan | undefined {
  const strict = isStrict(body);
  if (mayAwait && hasAwait(body)) return { pieces: [], ...planAwait(code, body, strict) };
  if (!strict && !body.some(isLexical)) return undefined;
  return { ...new Planner(code, strict).plan(body), body: null, positions: '' };
}

function isStrict(body: readonly Node[]): boolean {
  for (const { directive } of body) {
    if (directive === undefined) return false;
    if (directive === 'use strict') return true;
  }
  return false;
}
