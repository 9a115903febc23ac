// The way out for console lines. The cap is a check: it works on what is about to cross, with captured intrinsics, whatever the formatting above was made to do.
import { beginnings } from '../../kernel/begin.ts';
import { settings } from '../../kernel/configure.ts';
import { host } from '../../kernel/host.ts';
import { charCodeAt, slice } from '../../kernel/intrinsics.ts';
import { HostOp, LogLevel } from '../../kernel/ops.ts';

let written = 0;
let told = false;

/** Whether anybody hears it: a console that is switched off has a limit below zero. */
export function isWritable(): boolean { return settings.maxConsoleBytes >= 0; }

export function write(level: LogLevel, text: string): void {
  const left = settings.maxConsoleBytes - written;
  if (left <= 0) {
    tell();
    return;
  }
  const end = fitting(text, left);
  host(HostOp.Log, level, end === text.length ? text : slice(text, 0, end));
  if (end < text.length) tell();
}

/** A new request, and a new evaluation, has a new allowance. */
export function resetConsole(): void {
  written = 0;
  told = false;
}

function tell(): void {
  written = settings.maxConsoleBytes;
  if (told) return;
  told = true;
  host(HostOp.Log, LogLevel.Warning, `The console output was cut at ${settings.maxConsoleBytes} bytes (JsRun:Limits:MaxConsoleBytes)`);
}

/** How many code units of the text take at most `left` bytes as UTF-8; counts them as written. */
function fitting(text: string, left: number): number {
  let bytes = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const unit = charCodeAt(text, at);
    // Half of a pair counts as half of its four bytes.
    const size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
    if (bytes + size > left) break;
    bytes += size;
  }
  written += bytes;
  return at;
}

beginnings.console = resetConsole;
