// Writes a value as text for the host, with its kind. Objects become compact JSON; a cycle becomes "[Circular]", and a BigInt a string of digits.
import { ResultKind } from '../kernel/ops.ts';

const { stringify } = JSON;
const { is } = Object;
const StringOf = String;

export interface ResultText { kind: ResultKind; text: string }

export function resultText(value: unknown): ResultText {
  switch (typeof value) {
    case 'undefined': return { kind: ResultKind.Undefined, text: '' };
    case 'boolean': return { kind: ResultKind.Boolean, text: value ? 'true' : 'false' };
    case 'number': return { kind: ResultKind.Number, text: is(value, -0) ? '-0' : StringOf(value) };
    case 'bigint': return { kind: ResultKind.BigInt, text: StringOf(value) };
    case 'string': return { kind: ResultKind.String, text: value };
    case 'symbol': return { kind: ResultKind.Json, text: stringify(StringOf(value)) };
    case 'function': return { kind: ResultKind.Json, text: stringify(`[Function: ${StringOf(value.name)}]`) };
    default: return value === null ? { kind: ResultKind.Null, text: 'null' } : { kind: ResultKind.Json, text: json(value as object) };
  }
}

function json(value: object): string {
  // The objects on the path from the root to the current property. JSON.stringify visits depth first, so those after the current holder have been left already.
  const path: object[] = [];
  return stringify(value, function (this: object, _key: string, item: unknown) {
    if (typeof item === 'bigint') return StringOf(item);
    if (typeof item !== 'object' || item === null) return item;
    while (path.length > 0 && path[path.length - 1] !== this) path.length--;
    for (let i = 0; i < path.length; i++) if (path[i] === item) return '[Circular]';
    path[path.length] = item;
    return item;
  }) ?? 'null';
}
