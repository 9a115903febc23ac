// Finds the place where a script declares a name that is declared already.
import { isLexical, type Node, patternNames, walk } from './syntax.ts';

const REFUSAL = /^Identifier '(.+)' has already been declared$/s;

/** The offset of the declaration that V8 refused, by its message. */
export function refusedDeclaration(body: readonly Node[], message: string): number | undefined {
  const name = REFUSAL.exec(message)?.[1];
  if (name === undefined) return undefined;
  let found: number | undefined;
  const take = (id: Node): void => {
    const names: string[] = [];
    patternNames(id, names);
    if (names.includes(name)) found ??= id.start;
  };
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      take(statement.id as Node);
    } else if (isLexical(statement)) {
      for (const { id } of statement.declarations as Node[]) take(id as Node);
    } else {
      walk(statement, (node) => {
        if (node.type === 'VariableDeclaration' && node.kind === 'var') for (const { id } of node.declarations as Node[]) take(id as Node);
        return true;
      });
    }
  }
  return found;
}
