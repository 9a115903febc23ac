// Classic scripts for the host, the completion value awaited and told as text.
import { evaluate } from './evaluate.ts';
import { beginnings } from '../kernel/begin.ts';
import { onEntry } from '../kernel/entries.ts';
import { errorText } from '../kernel/errors.ts';
import { host } from '../kernel/host.ts';
import { EntryOp, HostOp, ResultKind } from '../kernel/ops.ts';
import { resultText } from './result-text.ts';
import { beforeOutcome } from '../kernel/outcome.ts';

export function registerEvaluate(): void {
  onEntry(EntryOp.Evaluate, (call: number, code: string, fileName: string) => { void tell(call, code, fileName); });
}

async function tell(call: number, code: string, fileName: string): Promise<void> {
  beginnings.console();
  try {
    // Awaiting, unlike then(), looks nothing up that a script can have replaced.
    const { kind, text } = resultText(await evaluate(code, fileName, false));
    beforeOutcome();
    host(HostOp.Result, call, kind, text);
  } catch (error) {
    host(HostOp.Result, call, ResultKind.Error, errorText(error));
  }
}
