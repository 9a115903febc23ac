// Evaluates classic scripts. A script without declarations that outlive it is evaluated as it is. Of any other script, V8 runs the declarations as a whole script, and the kernel evaluates the
// rest piece by piece (planner.ts).
import { host } from '../kernel/host.ts';
import { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, parseJson, slice, test, uncurry } from '../kernel/intrinsics.ts';
import { HostOp } from '../kernel/ops.ts';
import type { ScriptPlan } from './planner.ts';
import type { Piece } from './plan.ts';
import { NAMELESS, unfitCharacter, movedName } from '../stack/script-name.ts';

const run = eval as (code: string) => unknown;
const { deleteProperty } = Reflect;
const NativeSyntaxError = SyntaxError;
const SyntaxErrorPrototype = SyntaxError.prototype;
const startsWith = uncurry(String.prototype.startsWith) as (text: string, start: string) => boolean;
const replace = uncurry(String.prototype.replaceAll) as (text: string, pattern: RegExp, by: (character: string) => string) => string;
/** Characters that V8 does not accept in a script's name. */
const unfit = /[\s'"]/g;
const declares = /\b(?:let|const|class)\b|use strict/;
const awaits = /\bawait\b/;
/** The exception that leaves V8 if a piece has failed. It is a string, because ClearScript would read properties of an object. */
const STOP = 'jsrun: a piece of the script failed';
const REFUSED = 'SyntaxError: ';

interface Run { pieces: Piece[]; url: string; value: unknown; failure: { error: unknown } | undefined }

/** A mistake in the text of a script, and its place. */
interface Mistake { message: string; line: number; column: number }

let current: Run | undefined;
let isInstalled = false;

/** Returns the completion value, or a promise of it if the script awaits. */
export function evaluate(code: string, fileName: string, awaiting: boolean): unknown {
  const name = fileName === '' ? NAMELESS : replace(fileName, unfit, unfitCharacter);
  const mayAwait = awaiting && test(awaits, code);
  // Most scripts declare nothing, and need no parser.
  const text = mayAwait || test(declares, code) ? host(HostOp.PlanScript, code, mayAwait) as string | undefined : undefined;
  if (text === undefined) return runWhole(code, name, fileName, mayAwait);
  const { script, pieces, body, positions } = parseJson(text) as ScriptPlan;
  const state: Run = { pieces, url: sourceUrl(name), value: undefined, failure: undefined };
  if (script !== '') runScript(state, script, name, code, fileName);
  return body === null ? state.value : run(body + sourceUrl(movedName(name, positions)));
}

const sourceUrl = (name: string): string => `\n//# sourceURL=${name}`;

function runWhole(code: string, name: string, fileName: string, mayAwait: boolean): unknown {
  try {
    return run(code + sourceUrl(name));
  } catch (error) {
    // A script can also throw a SyntaxError that it has made itself.
    throw isSyntaxError(error) ? located(error as SyntaxError, code, fileName, mayAwait, false) : error;
  }
}

function isSyntaxError(error: unknown): boolean {
  try {
    return typeof error === 'object' && error !== null && getPrototypeOf(error) === SyntaxErrorPrototype;
  } catch {
    return false;
  }
}

/** Adds the place of the mistake, which V8 does not tell scripts. */
function located(error: SyntaxError, code: string, fileName: string, mayAwait: boolean, declares: boolean): SyntaxError {
  const found = host(HostOp.FindMistake, code, mayAwait, text(error.message), declares) as string | undefined;
  if (found === undefined) return error;
  const { message, line, column } = parseJson(found) as Mistake;
  const place = `${fileName === '' ? '<anonymous>' : fileName}:${line}:${column}`;
  const made = new NativeSyntaxError(`${message} (${place})`);
  defineProperty(made, 'stack', { __proto__: null, value: `SyntaxError: ${message} (${place})\n    at ${place}`, writable: true, configurable: true } as PropertyDescriptor);
  return made;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function runScript(state: Run, script: string, name: string, code: string, fileName: string): void {
  install();
  const outer = current;
  current = state;
  const refused = host(HostOp.RunScript, script + state.url, name) as string | undefined;
  current = outer;
  if (state.failure !== undefined) throw state.failure.error;
  if (refused === undefined) return;
  const message = startsWith(refused, REFUSED) ? slice(refused, REFUSED.length) : refused;
  throw located(new NativeSyntaxError(message), code, fileName, false, true);
}

/** Declares `$jsrun`, which planned scripts call, as a binding that is not a property of the global object. */
function install(): void {
  if (isInstalled) return;
  // Engine/ScriptStack.cs knows its frames by this name, which bundling has changed.
  defineProperty(runPiece, 'name', { __proto__: null, value: 'runPiece', configurable: true } as PropertyDescriptor);
  defineProperty(globalThis, '$jsrun', { __proto__: null, value: runPiece, configurable: true } as PropertyDescriptor);
  host(HostOp.RunScript, 'const $jsrun=this.$jsrun', 'jsrun:script');
  deleteProperty(globalThis, '$jsrun');
  isInstalled = true;
}

function runPiece(index: number): unknown {
  const state = current;
  const piece = state?.pieces[index];
  if (state === undefined || piece === undefined || state.failure !== undefined) throw STOP;
  try {
    const value = run(piece.code + state.url);
    if (piece.counts) state.value = value;
    if (piece.name !== null) giveName(value as object, piece.name);
    return value;
  } catch (error) {
    state.failure = { error };
    throw STOP;
  }
}

/** Names a function or class without a name, as a declaration does. */
function giveName(value: object, name: string): void {
  const own = getOwnPropertyDescriptor(value, 'name');
  if (own === undefined || (own.value === '' && own.configurable === true)) defineProperty(value, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
}
