// Classic scripts for the host: an indirect eval inside the trampoline, the completion value awaited and told as text.
import { answer, answerPending, answerSettled, answerThrown } from '../values/answer.ts';
import { isPromise } from '../values/classify.ts';
import { beginnings } from './begin.ts';
import { onEntry } from './entries.ts';
import { errorText } from './errors.ts';
import { host } from './host.ts';
import { EntryOp, HostOp, ResultKind } from './ops.ts';
import { resultText } from './result-text.ts';

const run = eval as (code: string) => unknown;
const replace = Function.prototype.call.bind(String.prototype.replaceAll) as (s: string, pattern: RegExp, by: string) => string;
const controls = /[\n\r\u2028\u2029]/g;

onEntry(EntryOp.EvaluateValue, (call: number, code: string, fileName: string, awaits: boolean) => {
  let value: unknown;
  beginnings.console();
  try {
    value = run(`${code}\n//# sourceURL=${replace(fileName, controls, ' ')}`);
  } catch (error) {
    return answerThrown(call, error);
  }
  if (awaits) answerSettled(call, value);
  else if (isPromise(value)) answerPending(call);
  else answer(call, value);
});

onEntry(EntryOp.Evaluate, (call: number, code: string, fileName: string) => { void evaluate(call, code, replace(fileName, controls, ' ')); });

async function evaluate(call: number, code: string, fileName: string): Promise<void> {
  beginnings.console();
  try {
    // Awaiting, unlike then(), looks nothing up that a script can have replaced.
    const { kind, text } = resultText(await run(`${code}\n//# sourceURL=${fileName}`));
    host(HostOp.Result, call, kind, text);
  } catch (error) {
    host(HostOp.Result, call, ResultKind.Error, errorText(error));
  }
}
