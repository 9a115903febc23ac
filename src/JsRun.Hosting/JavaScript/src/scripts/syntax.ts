// Finds declarations in a script's syntax tree.
import type { TextEdits } from '../text/edits.ts';

export type Node = { type: string; start: number; end: number } & Record<string, any>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const isScope = ({ type }: Node): boolean => type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression' || type === 'ClassBody' || type === 'StaticBlock';

/** Visits a node and its descendants, except those inside of functions and classes. The visitor returns whether to visit the node's children. */
export function walk(node: Node, visit: (node: Node) => boolean): void {
  if (!visit(node)) return;
  for (const key of Object.keys(node)) {
    const child = node[key] as unknown;
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item) && !isScope(item)) walk(item, visit);
    } else if (isNode(child) && !isScope(child)) walk(child, visit);
  }
}

export function patternNames(pattern: Node | null, names: string[]): void {
  switch (pattern?.type) {
    case 'Identifier': if (!names.includes(pattern.name as string)) names.push(pattern.name as string); break;
    case 'ObjectPattern': for (const property of pattern.properties as Node[]) patternNames((property.type === 'RestElement' ? property.argument : property.value) as Node, names); break;
    case 'ArrayPattern': for (const element of pattern.elements as (Node | null)[]) patternNames(element, names); break;
    case 'AssignmentPattern': patternNames(pattern.left as Node, names); break;
    case 'RestElement': patternNames(pattern.argument as Node, names); break;
    default:
  }
}

/** The names that `var` declares in a statement, for the whole script. */
export function collectVars(statement: Node, names: string[]): void {
  walk(statement, (node) => {
    if (node.type === 'VariableDeclaration' && node.kind === 'var') for (const { id } of node.declarations as Node[]) patternNames(id as Node, names);
    return true;
  });
}

export function hasAwait(body: readonly Node[]): boolean {
  let found = false;
  for (const statement of body) {
    if (isScope(statement)) continue;
    walk(statement, (node) => {
      found ||= node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true);
      return !found;
    });
  }
  return found;
}

export const isLexical = (statement: Node): boolean => statement.type === 'ClassDeclaration' || (statement.type === 'VariableDeclaration' && statement.kind !== 'var');

/** Whether the node is a function or class that takes the name of the binding that it is assigned to. */
export const isAnonymous = (node: Node): boolean =>
  node.type === 'ArrowFunctionExpression' || ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && node.id === null);

/** Turns declarations into assignments to names that are declared elsewhere. White space replaces the keyword, so that columns stay. */
export function assignInstead(declaration: Node, isHead: boolean, edits: TextEdits): void {
  const first = (declaration.declarations as Node[])[0]!;
  const opens = !isHead && (declaration.declarations as Node[]).some(({ id }) => (id as Node).type === 'ObjectPattern');
  const gap = first.start - declaration.start;
  edits.replace(declaration.start, first.start, opens ? `${' '.repeat(gap - 1)}(` : ' '.repeat(gap));
  if (opens) edits.insert((declaration.declarations as Node[]).at(-1)!.end, ')');
}

/** The same for every declaration in a statement that `which` chooses. */
export function assignAll(statement: Node, which: (declaration: Node) => boolean, edits: TextEdits): void {
  walk(statement, (node) => {
    for (const head of [node.init, node.left] as unknown[]) {
      if (isNode(head) && head.type === 'VariableDeclaration' && which(head)) assignInstead(head, true, edits);
    }
    if (node.type === 'VariableDeclaration' && which(node) && !edits.hasEditAt(node.start)) assignInstead(node, false, edits);
    return true;
  });
}
