// How classic scripts are run (script/evaluate.ts). Evaluated in a context of its own, in which nothing of anybody's ever runs: what a script that V8 runs as a whole says is decided
// here, and no script can have changed what decides.
import { parse } from 'acorn';
import { planAwait } from './await-plan.ts';
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
}

/** Gives the plan of a script, or nothing where it is evaluated as it is: V8 says what is wrong with it, if anything is. */
export function plan(code: string, mayAwait: boolean): string | undefined {
  try {
    const body = parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: mayAwait, allowHashBang: true }).body as unknown as Node[];
    const made = planBody(code, body, mayAwait);
    return made === undefined ? undefined : JSON.stringify(made);
  } catch {
    return undefined;
  }
}

function planBody(code: string, body: readonly Node[], mayAwait: boolean): ScriptPlan | undefined {
  const strict = isStrict(body);
  if (mayAwait && hasAwait(body)) return { pieces: [], ...planAwait(code, body, strict) };
  if (!strict && !body.some(isLexical)) return undefined;
  return { ...new Planner(code, strict).plan(body), body: null };
}

function isStrict(body: readonly Node[]): boolean {
  for (const { directive } of body) {
    if (directive === undefined) return false;
    if (directive === 'use strict') return true;
  }
  return false;
}
