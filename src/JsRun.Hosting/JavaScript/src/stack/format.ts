// Stack traces as their author knows them: without the frames of the embedded scripts, and with the author's names, lines and columns. All that V8 gives out as an error's `stack` is written here.
import { NativeError, uncurry } from '../kernel/intrinsics.ts';
import { own } from '../linker/intrinsics.ts';
import { findModule } from '../linker/registry.ts';
import { authorPlace } from '../text/positions.ts';
import { fromScriptName } from './script-name.ts';

/** V8's. */
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
/** The host's functions; what they are called V8 tells of no script. */
const HOST = 'FastHostFunction.';
/** Calls a piece of an evaluated script (scripts/evaluate.ts). */
const RUN_PIECE = 'runPiece';

export function format(error: unknown, sites: readonly CallSite[]): string {
  let text = header(error);
  let calledByOwn = false;
  const frames: string[] = [];
  // From the outermost inwards: a builtin is the kernel's where the kernel called it, and so is the script by which it had a piece run.
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
    // As V8 shows it.
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
  // V8 finds positions when they are first wanted. If that is when the stack has no room left, they are lost for good, and only where the function begins is known.
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
