// The entry Evaluate: runs a classic script, awaits its completion value, and sends that to the host as text.
import { evaluate } from './evaluate.ts';
import { beginnings } from '../kernel/begin.ts';
import { onEntry } from '../kernel/entries.ts';
import { errorText } from '../kernel/errors.ts';
import { host } from '../kernel/host.ts';
import { ERROR_RESULT, EntryOp, HostOp } from '../kernel/ops.ts';
import { resultText } from './result-text.ts';
import { beforeOutcome } from '../kernel/outcome.ts';

export function registerEvaluate(): void {
  onEntry(EntryOp.Evaluate, (call: number, code: string, fileName: string) => { void tell(call, code, fileName); });
}

async function tell(call: number, code: string, fileName: string): Promise<void> {
  beginnings.console();
  try {
    // `await` calls nothing that a script can have replaced, unlike then().
    const { kind, text } = resultText(await evaluate(code, fileName, false));
    beforeOutcome();
    host(HostOp.Result, call, kind, text);
  } catch (error) {
    host(HostOp.Result, call, ERROR_RESULT, errorText(error));
  }
}
