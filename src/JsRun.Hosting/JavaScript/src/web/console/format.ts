// Console: formats the arguments of a call: `%s` and other specifiers in the first string, and the arguments after it.
import { inspect } from './inspect.ts';

export function format(values: readonly unknown[]): string {
  const [first] = values;
  let next = 0;
  let text = '';
  if (typeof first === 'string' && values.length > 1) {
    next = 1;
    text = first.replace(/%[sdifoOc%]/g, (directive) => {
      if (directive === '%%') return '%';
      if (next >= values.length) return directive;
      return substitute(directive, values[next++]);
    });
  }
  for (; next < values.length; next++) text += (next > 0 ? ' ' : '') + show(values[next]);
  return text;
}

/** Strings stay as they are; every other value is inspected. */
const show = (value: unknown): string => (typeof value === 'string' ? value : inspect(value));

function substitute(directive: string, value: unknown): string {
  switch (directive) {
    case '%s': return typeof value === 'object' && value !== null ? inspect(value) : typeof value === 'bigint' ? `${value}n` : String(value);
    case '%d':
    case '%i': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' || typeof value === 'object' ? 'NaN' : `${directive === '%d' ? Number(value) : Number.parseInt(value as string, 10)}`;
    case '%f': return typeof value === 'symbol' ? 'NaN' : `${Number.parseFloat(value as string)}`;
    case '%c': return '';
    default: return inspect(value);
  }
}
