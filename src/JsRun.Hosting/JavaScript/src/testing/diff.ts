// The difference of two texts, line by line: what both have, what only the expected one has (-), and what only the actual one has (+).

const CONTEXT = 3;
const MAX_LINES = 1000;

export function diffLines(expected: string, actual: string): string {
  const a = expected.split('\n');
  const b = actual.split('\n');
  if (a.length > MAX_LINES || b.length > MAX_LINES) return `- ${a.length} lines\n+ ${b.length} lines`;
  return shorten(compare(a, b)).join('\n');
}

/** The longest common subsequence. */
function compare(a: readonly string[], b: readonly string[]): string[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i]}`);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      lines.push(`- ${a[i++]}`);
    } else {
      lines.push(`+ ${b[j++]}`);
    }
  }
  return lines;
}

/** Leaves out equal lines that are far from every difference. */
function shorten(lines: readonly string[]): string[] {
  const near = (i: number): boolean => lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some((line) => !line.startsWith(' '));
  const result: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (near(i)) result.push(line);
    else if (result.at(-1) !== '  …') result.push('  …');
  }
  return result;
}
