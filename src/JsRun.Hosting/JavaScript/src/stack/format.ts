// Writes every error's `stack`, as the author of the script should see it: without the frames of the embedded scripts, and with the author's file names, lines and columns.
import { NativeError, uncurry } from '../kernel/intrinsics.ts';
import { own } from '../linker/intrinsics.ts';
import { findModule } from '../linker/registry.ts';
import { authorPlace } from '../text/positions.ts';
import { fromScriptName } from './script-name.ts';

/** V8's object for one frame of a stack trace. */
export interface CallSite {
  toString(): string;
  getScriptNameOrSourceURL(): unknown;
  getFunctionName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getEnclosingLineNumber(): number | null;
  getEnclosingColumnNumber(): number | null;
}

const errorToString = uncurry(NativeError.prototype.toString) as (error: unknown) => string;
/** How V8 shows a function of the host. */
const HOST = 'FastHostFunction.';
/** The name of the function that evaluates a piece of a script (scripts/evaluate.ts). */
const RUN_PIECE = 'runPiece';

export function format(error: unknown, sites: readonly CallSite[]): string {
  let text = header(error);
  let calledByOwn = false;
  const frames: string[] = [];
  // From the outermost frame inwards: a builtin that the kernel called is left out, and so is the script through which the kernel runs a piece.
  for (let i = sites.length - 1; i >= 0; i--) {
    const site = sites[i]!;
    const name = site.getScriptNameOrSourceURL();
    // Namespaces of modules are proxies here.
    const shown = site.toString().replace(/^(async )?Proxy\./, '$1');
    const isKernels = isOwn(name) || shown.startsWith(HOST);
    if (!isKernels && !(calledByOwn && shown.endsWith(' (<anonymous>)')) && !isPieceCaller(sites[i - 1])) frames[frames.length] = frame(shown, name, site);
    calledByOwn = isKernels;
  }
  for (let i = frames.length - 1; i >= 0; i--) text += `\n    at ${frames[i]!}`;
  return text;
}

function header(error: unknown): string {
  try {
    return errorToString(error);
  } catch (thrown) {
    // V8 shows such an error like this.
    try { return `<error: ${errorToString(thrown)}>`; } catch { return '<error>'; }
  }
}

/** Embedders' modules have URLs with a host: `jsrun://static/…`. */
const isOwn = (name: unknown): boolean => typeof name === 'string' && name.startsWith('jsrun:') && !name.startsWith('jsrun://');

const isPieceCaller = (site: CallSite | undefined): boolean => site !== undefined && site.getFunctionName() === RUN_PIECE && isOwn(site.getScriptNameOrSourceURL());

function frame(shown: string, name: unknown, site: CallSite): string {
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (typeof name !== 'string' || line === null || column === null) return shown;
  const place = `${name}:${line}:${column}`;
  const at = shown.lastIndexOf(place);
  if (at < 0) return shown;
  // V8 computes positions when they are first read. If the stack is exhausted at that time (also by V8's own JSON parser) they are lost for good, and only the beginning of the function is known.
  const isLost = line === 1 && column === 1;
  const shownPlace = authorText(name, (isLost ? site.getEnclosingLineNumber() : null) ?? line, (isLost ? site.getEnclosingColumnNumber() : null) ?? column);
  return shown.slice(0, at) + shownPlace + shown.slice(at + place.length);
}

function authorText(name: string, line: number, column: number): string {
  const script = fromScriptName(name);
  const module = script === undefined ? findModule(name, undefined) : undefined;
  const positions = script?.positions ?? (module === undefined ? undefined : own(module.shape, 'positions')) ?? '';
  const [authorLine, authorColumn] = authorPlace(positions, line - 1, column - 1);
  return `${script?.shown ?? name}:${authorLine + 1}:${authorColumn + 1}`;
}
