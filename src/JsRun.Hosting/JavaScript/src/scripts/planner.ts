// Plans how classic scripts are run (evaluate.ts). This bundle is evaluated in a context in which no user code ever runs, so no script can have changed what decides about the text that V8 runs
// as a whole script.
import { parse } from 'acorn';
import { positionAt } from '../text/lines.ts';
import { planAwait } from './await-plan.ts';
import { refusedDeclaration } from './declared.ts';
import { Planner, type Piece } from './plan.ts';
import { hasAwait, isLexical, type Node } from './syntax.ts';

/** A plan as it crosses in JSON. Every property is always there, so that reading one never reaches a prototype. */
export interface ScriptPlan {
  /** The declarations, which V8 runs as a whole script; empty if there are none. */
  script: string;
  /** What `$jsrun` evaluates, by number. */
  pieces: Piece[];
  /** For a script that awaits: the text that is evaluated afterwards and returns a promise. */
  body: string | null;
  /** Where the parts of `body` stand in the author's script (text/positions.ts). */
  positions: string;
}

/** Returns the plan of a script or, with V8's message, the place of the mistake in it. */
export function ask(code: string, mayAwait: boolean, message?: string, declares = false): string | undefined {
  return message === undefined ? plan(code, mayAwait) : findMistake(code, mayAwait, message, declares);
}

/** Returns the plan of a script, or undefined if it is evaluated as it is. A script that does not parse is evaluated as it is, too, so that V8 reports the error. */
function plan(code: string, mayAwait: boolean): string | undefined {
  try {
    const made = planBody(code, parseScript(code, mayAwait), mayAwait);
    return made === undefined ? undefined : JSON.stringify(made);
  } catch {
    return undefined;
  }
}

/** Finds what V8 refused with a message: the place of a syntax error, or the second declaration of a name. Lines and columns count from 1. */
function findMistake(code: string, mayAwait: boolean, message: string, declares: boolean): string | undefined {
  try {
    const body = parseScript(code, mayAwait);
    const offset = declares ? refusedDeclaration(body, message) : undefined;
    return offset === undefined ? undefined : JSON.stringify({ message, ...positionAt(code, offset) });
  } catch (error) {
    const { pos, message: parsers } = error as { pos?: number; message: string };
    if (pos === undefined) return undefined;
    if (!message.startsWith('await is only valid')) return JSON.stringify({ message, ...positionAt(code, pos) });
    // V8 parsed the text as a script that must not await. If this one may, the parser's own message is the right one; if not, the mistake is the `await` before the place where the parser failed.
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
