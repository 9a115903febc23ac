// console.table: draws the rows of an array or object as a table of characters; returns undefined if the value has no rows.
import { inspect } from './inspect.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const MOST = 1000;

export function table(data: unknown, only: unknown): string | undefined {
  if (!isObject(data)) return undefined;
  const source = data instanceof Map || data instanceof Set ? [...data] as unknown as Record<string, unknown> : data;
  const keys = Object.keys(source).slice(0, MOST);
  const columns: string[] = Array.isArray(only) ? only.map(String) : [];
  let values = false;
  if (!Array.isArray(only)) {
    for (const key of keys) {
      const row = source[key];
      if (!isObject(row)) values = true;
      else for (const column of Object.keys(row)) if (!columns.includes(column)) columns.push(column);
    }
  }
  const head = ['(index)', ...columns, ...(values ? ['Values'] : [])];
  const rows = keys.map((key) => {
    const row = source[key];
    const cells = columns.map((column) => (isObject(row) && Object.hasOwn(row, column) ? inspect(row[column]) : ''));
    return [key, ...cells, ...(values ? [isObject(row) ? '' : inspect(row)] : [])];
  });
  return draw(head, rows);
}

function draw(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)) + 2);
  const rule = (left: string, cross: string, right: string) => left + widths.map((width) => '─'.repeat(width)).join(cross) + right;
  const line = (cells: string[]) => `│${cells.map((cell, column) => ` ${cell}`.padEnd(widths[column]!)).join('│')}│`;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join('\n');
}
