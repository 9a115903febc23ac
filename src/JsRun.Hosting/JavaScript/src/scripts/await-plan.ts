// A script with `await` outside of functions becomes an async function. The names that it declares are declared in the global scope, as interactive consoles do it.
import { encodePositions } from '../text/positions.ts';
import { TextEdits } from '../text/edits.ts';
import { assignAll, assignInstead, collectVars, isLexical, type Node, patternNames } from './syntax.ts';

export interface AwaitPlan { script: string; body: string; positions: string }

const PREFIX = '(async()=>{';

export function planAwait(code: string, body: readonly Node[], strict: boolean): AwaitPlan {
  const vars: string[] = [];
  const lexical: string[] = [];
  const edits = new TextEdits(code);
  let functions = '';
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration') {
      functions += `${code.slice(statement.start, statement.end)}\n`;
      edits.replace(statement.start, statement.end, code.slice(statement.start, statement.end).replace(/[^\n]/g, ' '));
    } else if (statement.type === 'ClassDeclaration') {
      const { name } = statement.id as { name: string };
      lexical.push(name);
      edits.insert(statement.start, `${name}=`);
      edits.insert(statement.end, ';');
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
    edits.insert(start, 'return (');
    edits.insert(end, ')');
  }
  const names = `${vars.length > 0 ? `var ${vars.join(',')};` : ''}${lexical.length > 0 ? `let ${lexical.join(',')};` : ''}`;
  const prefix = strict ? '"use strict";' : '';
  return { script: names + functions === '' ? '' : prefix + names + functions, body: `${PREFIX}${edits.apply()}\n})()`, positions: encodePositions(edits.moved(PREFIX.length)) };
}
