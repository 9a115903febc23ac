// A script with `await` outside of functions: an async function over names that are declared in the global scope, as interactive consoles have it.
import { applyEdits, assignAll, assignInstead, collectVars, type Edit, isLexical, type Node, patternNames } from './syntax.ts';

export interface AwaitPlan { script: string; body: string }

export function planAwait(code: string, body: readonly Node[], strict: boolean): AwaitPlan {
  const vars: string[] = [];
  const lexical: string[] = [];
  const edits: Edit[] = [];
  let functions = '';
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration') {
      functions += `${code.slice(statement.start, statement.end)}\n`;
      edits.push({ at: statement.start, drop: statement.end - statement.start, insert: code.slice(statement.start, statement.end).replace(/[^\n]/g, ' ') });
    } else if (statement.type === 'ClassDeclaration') {
      const { name } = statement.id as { name: string };
      lexical.push(name);
      edits.push({ at: statement.start, drop: 0, insert: `${name}=` }, { at: statement.end, drop: 0, insert: ';' });
    } else if (isLexical(statement)) {
      for (const { id } of statement.declarations as Node[]) patternNames(id as Node, lexical);
      assignInstead(statement, false, edits);
    } else {
      collectVars(statement, vars);
      assignAll(statement, ({ kind }) => kind === 'var', edits);
    }
  }
  const last = body.at(-1);
  if (last?.type === 'ExpressionStatement') {
    const { start, end } = last.expression as Node;
    edits.push({ at: start, drop: 0, insert: 'return (' }, { at: end, drop: 0, insert: ')' });
  }
  const names = `${vars.length > 0 ? `var ${vars.join(',')};` : ''}${lexical.length > 0 ? `let ${lexical.join(',')};` : ''}`;
  const prefix = strict ? '"use strict";' : '';
  return { script: names + functions === '' ? '' : prefix + names + functions, body: `${prefix}(async()=>{${applyEdits(code, 0, code.length, edits)}\n})()` };
}
