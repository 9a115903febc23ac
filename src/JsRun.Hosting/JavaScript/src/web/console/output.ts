// The way out for console lines. The cap is a check: it works on what is about to cross, with captured intrinsics, whatever the formatting above was made to do.
import { beginnings } from '../../kernel/begin.ts';
import { settings } from '../../kernel/settings.ts';
import { carriesFrames, currentFrame } from '../../kernel/frames.ts';
import { host } from '../../kernel/host.ts';
import { charCodeAt, createTable, slice } from '../../kernel/intrinsics.ts';
import { HostOp, LogLevel } from '../../kernel/ops.ts';

interface Allowance { written: number; told: boolean }

/** Of each request where V8 says whose line it is; else, and for whatever belongs to no request, there is one for all. */
const allowances = createTable<Allowance>();
let common: Allowance = { written: 0, told: false };

/** Whether anybody hears it: a console that is switched off has a limit below zero. */
export function isWritable(): boolean { return settings.maxConsoleBytes >= 0; }

export function write(level: LogLevel, text: string): void {
  const allowance = allowances[currentFrame()?.[0] ?? 0] ?? common;
  const left = settings.maxConsoleBytes - allowance.written;
  if (left <= 0) {
    tell(allowance);
    return;
  }
  const end = fitting(text, left, allowance);
  host(HostOp.Log, level, end === text.length ? text : slice(text, 0, end));
  if (end < text.length) tell(allowance);
}

/** A new request has a new allowance. */
export function openConsole(request: number): void {
  const allowance = { written: 0, told: false };
  if (carriesFrames) allowances[request] = allowance;
  else common = allowance;
}

/** The request has ended. */
export function closeConsole(request: number): void { delete allowances[request]; }

function tell(allowance: Allowance): void {
  allowance.written = settings.maxConsoleBytes;
  if (allowance.told) return;
  allowance.told = true;
  host(HostOp.Log, LogLevel.Warning, `The console output was cut at ${settings.maxConsoleBytes} bytes (JsRun:Limits:MaxConsoleBytes)`);
}

/** How many code units of the text take at most `left` bytes as UTF-8; counts them as written. */
function fitting(text: string, left: number, allowance: Allowance): number {
  let bytes = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const unit = charCodeAt(text, at);
    // Half of a pair counts as half of its four bytes.
    const size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
    if (bytes + size > left) break;
    bytes += size;
  }
  allowance.written += bytes;
  return at;
}

beginnings.console = () => { common = { written: 0, told: false }; };
