// Classic scripts that import: every `import(` becomes a call of the kernel's own function, with the script's number as the first argument. Lines always stay, and columns if the number fits
// into the place of the keyword.
import { parse, type Program } from 'acorn';
import { IMPORT_NAME } from '../linker/names.ts';
import { TextEdits } from '../text/edits.ts';
import { lineEnds, skipSpace } from './positions.ts';
import { Walker } from './walker.ts';

/** The rewritten text, or undefined if there is nothing to rewrite. Text that does not parse stays, so that V8 reports the error. */
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

/** Parses with `await` outside of functions if the embedder allows it; then `await` cannot be a name. */
function parseScript(source: string, allowAwaitOutsideFunction: boolean): Program | undefined {
  try {
    return parse(source, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction });
  } catch {
    return undefined;
  }
}
