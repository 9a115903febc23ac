// Sends console lines to the host, and limits them. The limit is a check, so it measures the text that is about to cross, with captured intrinsics: user code can influence the formatting.
import { beginnings } from '../../kernel/begin.ts';
import { settings } from '../../kernel/settings.ts';
import { carriesFrames, currentFrame } from '../../kernel/frames.ts';
import { host } from '../../kernel/host.ts';
import { charCodeAt, createTable, slice } from '../../kernel/intrinsics.ts';
import { HostOp, LogLevel } from '../../kernel/ops.ts';

interface Allowance { written: number; told: boolean }

/** What each request has written. If V8 does not tell to which request a line belongs, and for lines that belong to none, one count is for all. */
const allowances = createTable<Allowance>();
let common: Allowance = { written: 0, told: false };

/** Whether the console is on: the limit of a console that is off is below zero. */
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

/** Begins the count of a new request. */
export function openConsole(request: number): void {
  const allowance = { written: 0, told: false };
  if (carriesFrames) allowances[request] = allowance;
  else common = allowance;
}

/** Ends the count of a request. */
export function closeConsole(request: number): void { delete allowances[request]; }

function tell(allowance: Allowance): void {
  allowance.written = settings.maxConsoleBytes;
  if (allowance.told) return;
  allowance.told = true;
  host(HostOp.Log, LogLevel.Warning, `The console output was cut at ${settings.maxConsoleBytes} bytes (JsRun:Limits:MaxConsoleBytes)`);
}

/** Returns how many code units of the text take at most `left` bytes as UTF-8, and counts those bytes. */
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
