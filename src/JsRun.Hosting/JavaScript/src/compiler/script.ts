// Classic scripts that import: every `import(` becomes a call of the kernel's own function, with the script's number in front, which says who asks. Columns stay where the number
// fits into the place of the keyword; lines always do.
import { parse, type Program } from 'acorn';
import { IMPORT_NAME } from '../linker/names.ts';
import { TextEdits } from '../text/edits.ts';
import { lineEnds, skipSpace } from './positions.ts';
import { Walker } from './walker.ts';

/** The rewritten text, or nothing where there is nothing to rewrite: what does not parse is for V8 to refuse. */
export function rewriteScript(source: string, script: number): string | undefined {
  if (source.includes(IMPORT_NAME)) return undefined;
  const program = parseScript(source, false) ?? parseScript(source, true);
  if (program === undefined) return undefined;
  const walker = new Walker(new Set());
  walker.walk(program);
  if (walker.imports.length === 0) return undefined;
  const text = new TextEdits(source);
  for (const { start } of walker.imports) {
    const end = skipSpace(source, start + 'import'.length) + 1;
    const call = `${IMPORT_NAME}(${script},`;
    const lines = lineEnds(source.slice(start, end));
    text.replace(start, end, lines === '' ? call.padEnd(end - start) : call + lines);
  }
  return text.apply();
}

/** With `await` outside of functions where the embedder allows it; then it can be no name. */
function parseScript(source: string, allowAwaitOutsideFunction: boolean): Program | undefined {
  try {
    return parse(source, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction });
  } catch {
    return undefined;
  }
}
