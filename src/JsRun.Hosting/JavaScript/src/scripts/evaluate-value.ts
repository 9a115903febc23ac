// The entry EvaluateValue: runs a classic script and sends its completion value to the host as a value.
import { beginnings } from '../kernel/begin.ts';
import { onEntry } from '../kernel/entries.ts';
import { EntryOp } from '../kernel/ops.ts';
import { answer, answerPending, answerSettled, answerThrown } from '../values/answer.ts';
import { isPromise } from '../values/classify.ts';
import { evaluate } from './evaluate.ts';

export function registerEvaluateValue(): void { onEntry(EntryOp.EvaluateValue, evaluateValue); }

function evaluateValue(call: number, code: string, fileName: string, awaits: boolean, awaiting: boolean): void {
  let value: unknown;
  beginnings.console();
  try {
    value = evaluate(code, fileName, awaiting);
  } catch (error) {
    return answerThrown(call, error);
  }
  if (awaits) answerSettled(call, value);
  else if (isPromise(value)) answerPending(call);
  else answer(call, value);
}
